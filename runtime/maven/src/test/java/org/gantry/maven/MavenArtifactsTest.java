package org.gantry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror in the settings replaces all repositories by a folder. */
class MavenArtifactsTest {

  private static final String USER = "org.apache.maven.user-settings";
  private static final String GLOBAL = "org.apache.maven.global-settings";

  /** The build may name its repository with this property, which overrides the settings. */
  private static final String LOCAL_REPOSITORY = "maven.repo.local";

  @TempDir private Path folder;
  private Path repository;
  private String localRepository;

  @BeforeEach
  void createRepository() throws IOException {
    localRepository = System.clearProperty(LOCAL_REPOSITORY);
    repository = Files.createDirectory(folder.resolve("repository"));
    settings(repository.toUri().toString(), false);
    System.setProperty(GLOBAL, folder.resolve("none.xml").toString());
  }

  @AfterEach
  void restoreSettings() {
    System.clearProperty(USER);
    System.clearProperty(GLOBAL);
    if (localRepository != null) {
      System.setProperty(LOCAL_REPOSITORY, localRepository);
    }
  }

  private void settings(String url, boolean offline) throws IOException {
    Path file = folder.resolve("settings.xml");
    Files.writeString(
        file,
        """
        <settings>
          <localRepository>%s</localRepository>
          <offline>%s</offline>
          <mirrors>
            <mirror><id>shelf</id><url>%s</url><mirrorOf>*</mirrorOf></mirror>
          </mirrors>
        </settings>
        """
            .formatted(folder.resolve("local"), offline, url));
    System.setProperty(USER, file.toString());
  }

  private Path publish(String artifact, String version, String dependencies) throws IOException {
    Path at =
        Files.createDirectories(repository.resolve("org/acme").resolve(artifact + "/" + version));
    Path jar = at.resolve(artifact + "-" + version + ".jar");
    write(jar, artifact + " " + version);
    write(
        at.resolve(artifact + "-" + version + ".pom"),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.acme</groupId><artifactId>%s</artifactId><version>%s</version>
          <dependencies>%s</dependencies>
        </project>
        """
            .formatted(artifact, version, dependencies));
    return jar;
  }

  private void list(String artifact, String... versions) throws IOException {
    write(
        repository.resolve("org/acme/" + artifact + "/maven-metadata.xml"),
        "<metadata><groupId>org.acme</groupId><artifactId>%s</artifactId><versioning><versions>%s"
                .formatted(
                    artifact,
                    "<version>" + String.join("</version><version>", versions) + "</version>")
            + "</versions></versioning></metadata>");
  }

  private static void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Files.write(file, bytes);
    try {
      byte[] sum = MessageDigest.getInstance("SHA-1").digest(bytes);
      Files.writeString(Path.of(file + ".sha1"), HexFormat.of().formatHex(sum));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String dependency(String artifact, String scope) {
    return "<dependency><groupId>org.acme</groupId><artifactId>%s</artifactId>".formatted(artifact)
        + "<version>1.0</version><scope>%s</scope></dependency>".formatted(scope);
  }

  private static MavenCoordinates of(String words) {
    return MavenCoordinates.parse(words).orElseThrow();
  }

  private static FetchedArtifact fetch(String words, boolean offline) throws ArtifactException {
    try (MavenArtifacts artifacts = MavenArtifacts.open(offline)) {
      return artifacts.fetch(of(words));
    }
  }

  private static ArtifactException failure(String words, boolean offline) {
    return assertThrows(ArtifactException.class, () -> fetch(words, offline));
  }

  @Test
  void coordinatesHaveTwoOrThreeParts() {
    assertEquals(
        Optional.of(new MavenCoordinates("org.acme", "losses", "1.2")),
        MavenCoordinates.parse("org.acme:losses:1.2"));
    assertEquals("org.acme:losses", of("org.acme:losses").toString());
    for (String other :
        List.of("losses", "C:\\losses.jar", "http://acme.org/a", "a:b:c:d", "a::c")) {
      assertEquals(Optional.empty(), MavenCoordinates.parse(other), other);
    }
  }

  @Test
  void artifactIsDownloadedOnceAndThenCached() throws Exception {
    publish("losses", "1.0", "");
    FetchedArtifact artifact = fetch("org.acme:losses:1.0", false);
    assertEquals("losses 1.0", Files.readString(artifact.jar()));
    assertTrue(artifact.jar().startsWith(folder.resolve("local")));
    assertTrue(artifact.repository().startsWith("shelf (file:"), artifact.repository());
    assertEquals(artifact.jar(), fetch("org.acme:losses:1.0", true).jar());
  }

  @Test
  void missingVersionMeansTheNewestRelease() throws Exception {
    publish("losses", "1.9", "");
    publish("losses", "1.10", "");
    list("losses", "1.9", "1.10", "2.0-SNAPSHOT");
    assertEquals("1.10", fetch("org.acme:losses", false).coordinates().version());
  }

  @Test
  void missingArtifactIsReportedWithTheRepositories() {
    ArtifactException failure = failure("org.acme:losses:1.0", false);
    assertTrue(failure.isMissing());
    assertTrue(
        failure.getMessage().startsWith("there is no org.acme:losses:1.0 in the local repository "),
        failure.getMessage());
    assertTrue(failure.getMessage().contains("or in shelf (file:"), failure.getMessage());
    assertTrue(
        failure("org.acme:losses", false)
            .getMessage()
            .startsWith("there is no release of org.acme:losses in"));
  }

  @Test
  void offlineUsesOnlyTheLocalRepository() throws Exception {
    publish("losses", "1.0", "");
    ArtifactException failure = failure("org.acme:losses:1.0", true);
    assertTrue(
        failure.getMessage().endsWith("local, and the network must not be used"),
        failure.getMessage());
    settings(repository.toUri().toString(), true);
    assertEquals(failure.getMessage(), failure("org.acme:losses:1.0", false).getMessage());
  }

  @Test
  void wrongChecksumIsAnError() throws Exception {
    Path jar = publish("losses", "1.0", "");
    Files.writeString(jar, "something else");
    ArtifactException failure = failure("org.acme:losses:1.0", false);
    assertTrue(
        failure
            .getMessage()
            .startsWith("org.acme:losses:1.0 is corrupt (checksum mismatch): Checksum"),
        failure.getMessage());
    assertFalse(failure.isMissing());
  }

  @Test
  void unreachableRepositoryIsReported() throws Exception {
    settings("http://127.0.0.1:1/", false);
    ArtifactException failure = failure("org.acme:losses:1.0", false);
    assertTrue(
        failure.getMessage().startsWith("org.acme:losses:1.0 cannot be downloaded: "),
        failure.getMessage());
    assertFalse(failure.isMissing());
  }

  @Test
  void invalidSettingsAreReported() throws Exception {
    Files.writeString(folder.resolve("settings.xml"), "<settings>");
    ArtifactException failure = failure("org.acme:losses:1.0", false);
    assertTrue(
        failure.getMessage().startsWith("Maven's settings cannot be read: "), failure.getMessage());
  }

  @Test
  void runtimeDependenciesAreTransitive() throws Exception {
    publish("losses", "1.0", dependency("maths", "compile") + dependency("given", "provided"));
    publish("maths", "1.0", dependency("numbers", "runtime") + dependency("trials", "test"));
    publish("numbers", "1.0", "");
    try (MavenArtifacts artifacts = MavenArtifacts.open(false)) {
      assertEquals(
          List.of(of("org.acme:maths:1.0"), of("org.acme:numbers:1.0")),
          artifacts.runtimeDependencies(of("org.acme:losses:1.0")));
    }
  }
}
