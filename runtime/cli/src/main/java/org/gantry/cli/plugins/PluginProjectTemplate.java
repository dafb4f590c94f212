package org.gantry.cli.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.host.support.AtomicFiles;

/**
 * Writes the project of a new plugin from the Maven archetype in the installation. Maven users of
 * the archetype get the same files.
 *
 * @param repository the URL of the Maven repository in the installation
 * @param templates the templates by their path in the archetype
 */
record PluginProjectTemplate(String repository, Map<String, String> templates) {

  private static final String ROOT = "archetype-resources/";
  private static final String SOURCES = "src/main/java/";
  private static final Pattern KIND = Pattern.compile(SOURCES + "kind-(.+)\\.java");
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{(\\w+)}");

  /** Reads the archetype of an installation. */
  static PluginProjectTemplate ofInstallation(Path home) {
    Path maven = home.resolve("maven");
    try (Stream<Path> files = Files.walk(maven.resolve("org/gantry/gantry-archetype"))) {
      Path jar =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .max(Comparator.naturalOrder())
              .orElseThrow(() -> new IOException("it has no archetype"));
      return new PluginProjectTemplate(maven.toUri().toString(), read(jar));
    } catch (IOException e) {
      throw new InvalidInputException(
          "this installation has no usable Maven repository: " + e.getMessage(),
          "install Gantry again, with its folder maven",
          e);
    }
  }

  private static Map<String, String> read(Path archetype) throws IOException {
    Map<String, String> templates = new TreeMap<>();
    try (JarFile jar = new JarFile(archetype.toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().startsWith(ROOT) && !entry.isDirectory()) {
          try (InputStream in = jar.getInputStream(entry)) {
            templates.put(
                entry.getName().substring(ROOT.length()),
                new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return templates;
  }

  /** The path of the template of a kind. */
  static String pathOf(String kind) {
    return SOURCES + "kind-" + kind + ".java";
  }

  /** The kinds of components that have a template. */
  TreeSet<String> kinds() {
    TreeSet<String> kinds = new TreeSet<>();
    for (String path : templates.keySet()) {
      Matcher matcher = KIND.matcher(path);
      if (matcher.matches()) {
        kinds.add(matcher.group(1));
      }
    }
    return kinds;
  }

  /** Whether the template of a kind, or its test, uses a type with this name. */
  boolean uses(String kind, String type) {
    return templates.entrySet().stream()
        .filter(
            t ->
                !KIND.matcher(t.getKey()).matches()
                    || t.getKey().endsWith("kind-" + kind + ".java"))
        .anyMatch(t -> Pattern.compile("\\b" + type + "\\b").matcher(t.getValue()).find());
  }

  /**
   * Writes a project; on failure, removes what it has written.
   *
   * @param project the folder of the project, which must not exist
   * @param kind one of {@link #kinds}
   * @param properties the values of the variables in the templates
   * @return the written files, in order
   */
  List<Path> write(Path project, String kind, Map<String, String> properties) {
    Map<Path, String> files = new TreeMap<>();
    templates.forEach(
        (path, template) -> {
          Matcher matcher = KIND.matcher(path);
          boolean component = matcher.matches();
          if (!component || matcher.group(1).equals(kind)) {
            String place = component ? SOURCES + properties.get("className") + ".java" : path;
            files.put(project.resolve(targetPath(place, properties)), fillIn(template, properties));
          }
        });
    List<Path> written = new ArrayList<>();
    try {
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Files.createDirectories(file.getKey().getParent());
        written.add(Files.writeString(file.getKey(), file.getValue()));
      }
      return written;
    } catch (IOException e) {
      undo(project);
      throw new InvalidInputException(
          project + " cannot be written: " + e.getMessage(),
          "choose a writable folder with --dir",
          e);
    }
  }

  /** The path of a file in the project: sources go into the folder of their package. */
  private static String targetPath(String path, Map<String, String> properties) {
    return path.replaceFirst(
            "^(src/(?:main|test)/java/)", "$1" + properties.get("package").replace('.', '/') + "/")
        .replace("__className__", properties.get("className"));
  }

  private static String fillIn(String template, Map<String, String> properties) {
    return PROPERTY
        .matcher(template)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(properties.getOrDefault(match.group(1), match.group())));
  }

  private static void undo(Path project) {
    try {
      AtomicFiles.delete(project);
    } catch (IOException e) {
      // Report the first failure.
      return;
    }
  }
}
