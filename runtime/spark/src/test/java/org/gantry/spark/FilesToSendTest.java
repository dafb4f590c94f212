package org.gantry.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent to workers. */
class FilesToSendTest {

  @TempDir private Path home;

  private TrainingJob job(boolean ships) throws IOException {
    Files.createDirectories(home.resolve("lib"));
    Files.writeString(home.resolve("lib/engine.jar"), "engine");
    Files.createDirectories(home.resolve("docs"));
    Files.writeString(home.resolve("docs/page.md"), "page");
    Path plugin = home.resolve("plugin.jar");
    Files.writeString(plugin, "plugin");
    return new TrainingJob(
        "run",
        home.toString(),
        "local[1]",
        1,
        "all-reduce",
        1,
        600,
        Map.of("5a5a", plugin.toString()),
        Map.of(),
        ships);
  }

  @Test
  void pluginsHaveTheirHashesAsNames() throws IOException {
    Path folder;
    try (FilesToSend files = FilesToSend.create(job(false))) {
      assertEquals("5a5a.jar", files.plugins().get(0).getFileName().toString());
      assertEquals("plugin", Files.readString(files.plugins().get(0)));
      folder = files.folder();
    }
    assertFalse(Files.exists(folder));
  }

  @Test
  void anInstallationIsSentWithoutItsDocuments() throws IOException {
    try (FilesToSend files = FilesToSend.create(job(true));
        ZipFile zip = new ZipFile(files.installation().orElseThrow().toFile())) {
      assertEquals(6, zip.getEntry("lib/engine.jar").getSize());
      assertNull(zip.getEntry("docs/page.md"));
    }
  }
}
