package org.gantry.provisioning.internal.executor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.provisioning.internal.plan.StateFiles;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.gantry.provisioning.internal.repository.PluginIndex;
import org.gantry.provisioning.internal.repository.PluginRepository;

/**
 * The plugins that the product was packed with. An index beside them, which the build writes, has
 * the hash of each; a jar that it does not list, or lists with another hash, is not the product's.
 *
 * @param folder where they lie
 * @param verified the file that remembers for which files all was well, so that they are read again
 *     only after one of them changed
 */
public record ProductPlugins(Path folder, Path verified) {

  /**
   * What lies in the folder.
   *
   * @param jars those that the product was packed with, in order
   * @param problems what is wrong with the others, a sentence each, by the file
   */
  record VerifiedJars(List<Path> jars, Map<String, String> problems) {}

  /** Looks at the files, and into those that changed since all was well. */
  VerifiedJars verify() {
    List<Path> jars;
    String listing;
    try {
      jars = StateFolder.list(folder).stream().filter(f -> f.toString().endsWith(".jar")).toList();
      listing = listing(jars);
    } catch (IOException e) {
      return nothing(folder + " cannot be read: " + ErrorText.of(e));
    }
    if (jars.isEmpty() || listing.equals(remembered())) {
      return new VerifiedJars(jars, Map.of());
    }
    VerifiedJars found = compare(jars);
    if (found.problems().isEmpty()) {
      remember(listing);
    }
    return found;
  }

  /** Has every file read the next time, whatever it looks like. */
  public void forgetVerification() throws IOException {
    Files.deleteIfExists(verified);
  }

  // ---- What the index says
  // ----------------------------------------------------------------------

  private VerifiedJars compare(List<Path> jars) {
    Map<String, String> listed;
    try {
      listed = listed();
    } catch (IOException e) {
      return nothing(
          "which plugins belong to the product is not known: "
              + ErrorText.of(e)
              + "; none of them is started. Unpack the product anew");
    }
    List<Path> sound = new ArrayList<>();
    Map<String, String> problems = new java.util.LinkedHashMap<>();
    for (Path jar : jars) {
      String expected = listed.remove(jar.getFileName().toString());
      String problem = expected == null ? stray(jar) : changed(jar, expected);
      if (problem.isEmpty()) {
        sound.add(jar);
      } else {
        problems.put(jar.toString(), problem);
      }
    }
    for (String name : listed.keySet()) {
      Path jar = folder.resolve(name);
      problems.put(jar.toString(), jar + " of the product is missing; unpack the product anew");
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
                  java.util.TreeMap::new));
    }
  }

  private Path index() {
    return folder.resolve(PluginRepository.INDEX);
  }

  private static String stray(Path jar) {
    return ("%s does not come with the product and is left out; 'gantry plugins install %s'"
            + " installs it, and then the file can go")
        .formatted(jar, jar);
  }

  private static String changed(Path jar, String expected) {
    try {
      return Sha256.of(jar).equals(expected)
          ? ""
          : ("%s was changed since the product was packed and is left out; unpack the product anew,"
                  + " or have it as a plugin of yours: 'gantry plugins install %s'")
              .formatted(jar, jar);
    } catch (IOException e) {
      return "%s cannot be read and is left out: %s".formatted(jar, ErrorText.of(e));
    }
  }

  private VerifiedJars nothing(String why) {
    return new VerifiedJars(List.of(), Map.of(folder.toString(), why));
  }

  // ---- What is remembered
  // -----------------------------------------------------------------------

  /** What a file looks like from outside; the time of its last change cannot be set by hand. */
  private String listing(List<Path> jars) throws IOException {
    StringBuilder text = new StringBuilder(folder + "\n");
    List<Path> files = new ArrayList<>(jars);
    if (Files.exists(index())) {
      files.add(index());
    }
    boolean unix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
    for (Path file : files) {
      Map<String, Object> looks =
          Files.readAttributes(
              file, unix ? "unix:size,lastModifiedTime,ctime,ino" : "size,lastModifiedTime");
      text.append(file.getFileName());
      looks.keySet().stream().sorted().forEach(key -> text.append(' ').append(looks.get(key)));
      text.append('\n');
    }
    return text.toString();
  }

  private String remembered() {
    try {
      return Files.readString(verified);
    } catch (IOException e) {
      return "";
    }
  }

  private void remember(String listing) {
    try {
      Files.createDirectories(verified.getParent());
      StateFiles.write(verified, listing.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Then all is read each time.
      return;
    }
  }
}
