package org.gantry.provisioning.internal.executor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gantry.components.PluginJar;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.host.support.TextFiles;
import org.gantry.provisioning.internal.plan.StateFiles;
import org.gantry.provisioning.internal.repository.PluginIndex;
import org.gantry.provisioning.internal.repository.PluginRepository;

/**
 * The plugins that come with the product. The build writes an index with their hashes. A jar that
 * the index does not list, or lists with another hash, is skipped.
 *
 * @param folder the folder with the jars and the index
 * @param record the file with the attributes of the files at the last successful check, so that
 *     they are read again only after a change
 */
public record ProductPlugins(Path folder, Path record) {

  /**
   * The result of a check.
   *
   * @param jars the jars that the index lists with the same hash, in order
   * @param problems what is wrong with the other files, a sentence each, by file
   */
  record VerifiedJars(List<Path> jars, Map<String, String> problems) {}

  /**
   * A plugin that comes with the product.
   *
   * @param jar its file
   * @param name the symbolic name of its bundle
   * @param version the version of its bundle
   * @param components its components, as {@code kind/name}
   */
  public record ProductPlugin(Path jar, String name, String version, List<String> components) {

    /** The name and the version. */
    public String id() {
      return name + " " + version;
    }

    /** The jar with its hash. */
    public PluginJar pluginJar() throws IOException {
      return new PluginJar(name, version, Sha256.of(jar));
    }
  }

  /** Checks the jars; reads them only if a file changed since the last successful check. */
  VerifiedJars verify() {
    List<Path> jars;
    String listing;
    try {
      jars = StateFiles.listJars(folder);
      listing = listing(jars);
    } catch (IOException e) {
      return noJars(folder + " cannot be read: " + ErrorText.of(e));
    }
    if (jars.isEmpty() || listing.equals(recorded())) {
      return new VerifiedJars(jars, Map.of());
    }
    VerifiedJars found = compare(jars);
    if (found.problems().isEmpty()) {
      saveRecord(listing);
    }
    return found;
  }

  /** Makes the next check read all files. */
  public void forgetVerification() throws IOException {
    Files.deleteIfExists(record);
  }

  private VerifiedJars compare(List<Path> jars) {
    Map<String, String> listed;
    try {
      listed = listed();
    } catch (IOException e) {
      return noJars(
          "the index of the product's plugins cannot be read: "
              + ErrorText.of(e)
              + "; no plugin is started. Unpack the product again");
    }
    List<Path> sound = new ArrayList<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (Path jar : jars) {
      String expected = listed.remove(jar.getFileName().toString());
      String problem = expected == null ? unlisted(jar) : changed(jar, expected);
      if (problem.isEmpty()) {
        sound.add(jar);
      } else {
        problems.put(jar.toString(), problem);
      }
    }
    for (String name : listed.keySet()) {
      Path jar = folder.resolve(name);
      problems.put(jar.toString(), jar + " of the product is missing; unpack the product again");
    }
    return new VerifiedJars(List.copyOf(sound), problems);
  }

  private Map<String, String> listed() throws IOException {
    try (InputStream in = Files.newInputStream(index())) {
      return PluginIndex.read(in).entries().stream()
          .collect(
              Collectors.toMap(
                  PluginIndex.IndexEntry::url,
                  PluginIndex.IndexEntry::sha256,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private Path index() {
    return folder.resolve(PluginRepository.INDEX);
  }

  private static String unlisted(Path jar) {
    return ("%s does not come with the product and is skipped; 'gantry plugins install %s'"
            + " installs it, and then you can delete the file")
        .formatted(jar, jar);
  }

  private static String changed(Path jar, String expected) {
    try {
      return Sha256.of(jar).equals(expected)
          ? ""
          : ("%s differs from the product's index and is skipped; unpack the product again, or"
                  + " install the file as your own plugin: 'gantry plugins install %s'")
              .formatted(jar, jar);
    } catch (IOException e) {
      return "%s cannot be read and is skipped: %s".formatted(jar, ErrorText.of(e));
    }
  }

  private VerifiedJars noJars(String why) {
    return new VerifiedJars(List.of(), Map.of(folder.toString(), why));
  }

  /** The attributes of all files, with {@code ctime}, which no program can set. */
  private String listing(List<Path> jars) throws IOException {
    StringBuilder text = new StringBuilder(folder + "\n");
    List<Path> files = new ArrayList<>(jars);
    if (Files.exists(index())) {
      files.add(index());
    }
    boolean unix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
    for (Path file : files) {
      Map<String, Object> attributes =
          Files.readAttributes(
              file, unix ? "unix:size,lastModifiedTime,ctime,ino" : "size,lastModifiedTime");
      text.append(file.getFileName());
      attributes.keySet().stream()
          .sorted()
          .forEach(key -> text.append(' ').append(attributes.get(key)));
      text.append('\n');
    }
    return text.toString();
  }

  private String recorded() {
    try {
      return TextFiles.read(record);
    } catch (IOException e) {
      return "";
    }
  }

  private void saveRecord(String listing) {
    try {
      Files.createDirectories(record.getParent());
      StateFiles.write(record, listing.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The next check then reads all files.
      return;
    }
  }
}
