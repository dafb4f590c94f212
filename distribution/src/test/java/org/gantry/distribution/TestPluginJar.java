package org.gantry.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Builds jars of valid and invalid plugins, compiled against the product and packed by hand. */
final class TestPluginJar {

  private static final String PACKAGE = "org.acme.parts";

  private final Path classes;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final List<String> capabilities = new ArrayList<>();

  private TestPluginJar(Path classes) {
    this.classes = classes;
  }

  /**
   * Compiles the classes of one package; returns their folder. A class such as {@code inner/Other}
   * is in a package below it.
   */
  static Path compile(Path folder, Map<String, String> sources) {
    try {
      List<String> words =
          new ArrayList<>(List.of("--release", "17", "-proc:none", "-classpath", classPath()));
      words.addAll(List.of("-d", folder.resolve("classes").toString()));
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = folder.resolve(source.getKey() + ".java");
        Files.createDirectories(file.getParent());
        String type = className(source.getKey());
        String declared = "package " + type.substring(0, type.lastIndexOf('.')) + ";\n";
        words.add(Files.writeString(file, declared + source.getValue()).toString());
      }
      int result =
          ToolProvider.getSystemJavaCompiler()
              .run(null, OutputStream.nullOutputStream(), null, words.toArray(new String[0]));
      if (result != 0) {
        throw new IllegalStateException("the classes do not compile");
      }
      return folder.resolve("classes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    return Stream.of("lib", "bundles")
        .flatMap(folder -> Product.jars(folder).stream())
        .map(Path::toString)
        .collect(Collectors.joining(":"));
  }

  /** Returns the source of a loss that does nothing. */
  static String loss(String type, String name, String body) {
    return """
    import org.gantry.component.Component;
    import org.gantry.graph.Graph;
    import org.gantry.graph.AdversarialPair;
    import org.gantry.loss.Loss;

    @Component(kind = "loss", name = "%s", summary = "Nothing.")
    public final class %s implements Loss {
      %s
      @Override
      public void addTerms(AdversarialPair pair, Graph graph) {}
    }
    """
        .formatted(name, type, body);
  }

  /** Starts a bundle with the headers that every plugin has. */
  static TestPluginJar bundle(String name, String version, Path classes) {
    return new TestPluginJar(classes)
        .header("Bundle-ManifestVersion", "2")
        .header("Bundle-SymbolicName", name)
        .header("Bundle-Version", version)
        .header("Import-Package", "org.gantry.component,org.gantry.graph,org.gantry.loss")
        .header("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=gantry.component)\"");
  }

  /** Starts a bundle with one loss. */
  static TestPluginJar withLoss(
      String name, String version, Path classes, String type, String component) {
    return bundle(name, version, classes).type(type).component("loss", component, type);
  }

  /** Sets a header; null removes it. */
  TestPluginJar header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Adds a compiled class with its nested classes. */
  TestPluginJar type(String type) {
    String path = className(type).replace('.', '/');
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    String simple = path.substring(folder.length());
    try (Stream<Path> files = Files.list(classes.resolve(folder))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.equals(simple + ".class") || name.startsWith(simple + "$")) {
          entry(folder + name, Files.readAllBytes(file));
        }
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds an entry with any content. */
  TestPluginJar entry(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  TestPluginJar entry(String name, String content) {
    return entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Declares a component. */
  TestPluginJar component(String kind, String name, String type) {
    return capability(
        ("gantry.component;gantry.component=\"%s\";kind=%s;"
                + "summary=\"Nothing.\";paper=\"\";class=\"%s\"")
            .formatted(name, kind, className(type)));
  }

  TestPluginJar capability(String clause) {
    capabilities.add(clause);
    return this;
  }

  Path pack(Path jar) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.forEach(
        (name, value) -> {
          if (value != null) {
            attributes.putValue(name, value);
          }
        });
    if (!capabilities.isEmpty()) {
      attributes.putValue("Provide-Capability", String.join(",", capabilities));
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String className(String type) {
    return PACKAGE + "." + type.replace('/', '.');
  }
}
