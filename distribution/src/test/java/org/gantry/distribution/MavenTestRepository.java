package org.gantry.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Maven repository in a folder and an empty local repository. A mirror in the settings replaces
 * all other repositories. Closing restores the settings of this process.
 */
final class MavenTestRepository implements AutoCloseable {

  private static final String SETTINGS = "org.apache.maven.user-settings";
  private static final String GLOBAL = "org.apache.maven.global-settings";

  private final Path folder;
  private final Map<String, String> versions = new TreeMap<>();

  private MavenTestRepository(Path folder) {
    this.folder = folder;
  }

  static MavenTestRepository in(Path folder) throws IOException {
    MavenTestRepository shelf = new MavenTestRepository(folder);
    Files.createDirectories(shelf.repository());
    shelf.mirror(shelf.repository().toUri().toString());
    System.setProperty(GLOBAL, folder.resolve("none.xml").toString());
    return shelf;
  }

  private Path repository() {
    return folder.resolve("repository");
  }

  /** Sets the address that replaces all repositories. */
  void mirror(String address) throws IOException {
    Path settings = folder.resolve("settings.xml");
    Files.writeString(
        settings,
        """
        <settings>
          <localRepository>%s</localRepository>
          <mirrors><mirror><id>shelf</id><url>%s</url><mirrorOf>*</mirrorOf></mirror></mirrors>
        </settings>
        """
            .formatted(folder.resolve("local"), address));
    System.setProperty(SETTINGS, settings.toString());
  }

  /** Publishes a jar as {@code org.acme:ARTIFACT:VERSION}. */
  Path publish(String artifact, String version, Path jar, String... dependencies)
      throws IOException {
    Path at = Files.createDirectories(repository().resolve("org/acme/" + artifact + "/" + version));
    String stem = artifact + "-" + version;
    StringBuilder pom = new StringBuilder();
    for (String dependency : dependencies) {
      pom.append(
          "<dependency><groupId>org.acme</groupId><artifactId>%s</artifactId>".formatted(dependency)
              + "<version>1.0</version></dependency>");
    }
    write(
        at.resolve(stem + ".pom"),
        ("<project><modelVersion>4.0.0</modelVersion><groupId>org.acme</groupId>"
                + "<artifactId>%s</artifactId><version>%s</version>".formatted(artifact, version)
                + "<dependencies>%s</dependencies></project>".formatted(pom))
            .getBytes(StandardCharsets.UTF_8));
    versions.merge(artifact, "<version>" + version + "</version>", (before, more) -> before + more);
    write(
        repository().resolve("org/acme/" + artifact + "/maven-metadata.xml"),
        ("<metadata><groupId>org.acme</groupId><artifactId>%s</artifactId>".formatted(artifact)
                + "<versioning><versions>%s</versions></versioning></metadata>"
                    .formatted(versions.get(artifact)))
            .getBytes(StandardCharsets.UTF_8));
    Path published = at.resolve(stem + ".jar");
    write(published, Files.readAllBytes(jar));
    return published;
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try {
      byte[] sum = MessageDigest.getInstance("SHA-1").digest(bytes);
      Files.writeString(Path.of(file + ".sha1"), HexFormat.of().formatHex(sum));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    System.clearProperty(SETTINGS);
    System.clearProperty(GLOBAL);
  }
}
