package org.gantry.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image, unpacked as an engine for containers does. */
class ContainerImageTest {

  private static final String UNSHARE = "/usr/bin/unshare";

  /** Mounts what engines for containers mount, and becomes the user of the image. */
  private static final String CONTAINER =
      "/bin/mount -t proc proc $0/proc && /bin/mount --rbind /dev $0/dev"
          + " && exec /usr/sbin/chroot --userspec=1000:1000 $0 \"$@\"";

  @TempDir Path folder;

  private Path layout;
  private JsonNode manifest;
  private JsonNode config;

  @BeforeEach
  void unpack() throws IOException {
    Path file =
        ReleaseFolder.file("gantry-" + System.getProperty("release.version") + "-amd64.oci.tar");
    assumeTrue(ContainerImage.isPossible(ReleaseFolder.platform()), "no image on this machine");
    layout = Files.createDirectory(folder.resolve("layout"));
    run("tar", "xf", file.toString(), "-C", layout.toString());
    JsonNode index = json(layout.resolve("index.json"));
    manifest = json(blob(index.path("manifests").path(0)));
    config = json(blob(manifest.path("config"))).path("config");
  }

  private ReleaseFolder.ProgramResult run(String... words) throws IOException {
    ReleaseFolder.ProgramResult result = ReleaseFolder.run(folder, System.getenv(), words);
    assertEquals(0, result.exitCode(), result.err());
    return result;
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  /** The file of a descriptor, whose hash must be its name. */
  private Path blob(JsonNode descriptor) throws IOException {
    String digest = descriptor.path("digest").asText();
    Path file = layout.resolve("blobs/" + digest.replace(':', '/'));
    assertEquals(digest, "sha256:" + ChecksumFile.sha256(file));
    return file;
  }

  @Test
  void theImageRunsTheCommandForAnOrdinaryUser() throws IOException {
    assertEquals("1.0.0", json(layout.resolve("oci-layout")).path("imageLayoutVersion").asText());
    assertEquals("/opt/gantry/bin/gantry", config.path("Entrypoint").path(0).asText());
    assertEquals("1000:1000", config.path("User").asText());
    assertEquals("/data", config.path("WorkingDir").asText());
    assertEquals(2, manifest.path("layers").size());
  }

  @Test
  void nothingOutsideOfTheImageIsNeededToTrain() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    for (JsonNode layer : manifest.path("layers")) {
      run("tar", "xzf", blob(layer).toString(), "-C", root.toString());
    }
    assumeTrue(Files.isExecutable(Path.of(UNSHARE)), "needs unshare");
    assumeTrue(
        ReleaseFolder.run(folder, System.getenv(), UNSHARE, "-mpf", "true").exitCode() == 0,
        "only root can become the user of the image");
    Map<String, String> environment = new HashMap<>();
    for (JsonNode variable : config.path("Env")) {
      String[] parts = variable.asText().split("=", 2);
      environment.put(parts[0], parts[1]);
    }
    Files.createDirectory(root.resolve("proc"));
    Files.createDirectory(root.resolve("dev"));
    for (List<String> words :
        List.of(
            List.of("train", "ring", "--steps", "20", "--out", "/data/ring"),
            List.of("report", "/data/ring", "-o", "/data/ring.html"))) {
      String[] start = {
        UNSHARE, "-mpf", "/bin/sh", "-c", CONTAINER, root.toString(), "/opt/gantry/bin/gantry"
      };
      String[] command = new String[start.length + words.size()];
      System.arraycopy(start, 0, command, 0, start.length);
      System.arraycopy(words.toArray(), 0, command, start.length, words.size());
      ReleaseFolder.ProgramResult result = ReleaseFolder.run(folder, environment, command);
      assertEquals(0, result.exitCode(), result.err());
    }
    assertTrue(Files.size(root.resolve("data/ring.html")) > 1000);
  }
}
