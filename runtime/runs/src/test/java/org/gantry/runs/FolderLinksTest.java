package org.gantry.runs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gantry.runs.internal.store.CheckpointStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class FolderLinksTest {

  @TempDir Path directory;

  private Path run;
  private Path secret;

  @BeforeEach
  void createRun() throws IOException {
    run = Files.createDirectories(directory.resolve("run"));
    for (String file : List.of("recipe.yaml", "plugins.lock.json", "state.json")) {
      Files.writeString(run.resolve(file), "{}");
    }
    Files.createDirectory(run.resolve("samples"));
    secret = Files.writeString(directory.resolve("secret.png"), "mine");
  }

  @Test
  void aRunWithALinkThatLeadsOutIsNotOpened() throws IOException {
    for (String name :
        List.of("samples/step-999999.png", "checkpoints", "metrics.jsonl", "cache", ".lock")) {
      Path link = Files.createSymbolicLink(run.resolve(name), secret);
      assertEquals(
          link + " is a link that leads out of the run folder to " + secret + "; remove the link",
          assertThrows(RunException.class, () -> RunFolder.open(run)).getMessage());
      Files.delete(link);
    }
    Path nowhere =
        Files.createSymbolicLink(run.resolve("samples/new.png"), directory.resolve("none"));
    assertThrows(RunException.class, () -> RunFolder.open(run));
    Files.delete(nowhere);
    assertDoesNotThrow(() -> RunFolder.open(run));
  }

  @Test
  void aLinkInsideTheRunAndALinkToTheRunAreFine() throws IOException {
    Path picture = Files.writeString(run.resolve("samples/step-000001.png"), "picture");
    Files.createSymbolicLink(run.resolve("samples/latest.png"), picture.getFileName());
    Path other = Files.createSymbolicLink(directory.resolve("other"), run);
    assertDoesNotThrow(() -> RunFolder.open(run));
    assertDoesNotThrow(() -> RunFolder.open(other));
  }

  @Test
  void checkpointsBehindALinkDoNotExpire() throws IOException {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere/step-000001"));
    Path link = Files.createSymbolicLink(run.resolve("checkpoints"), elsewhere.getParent());
    assertThrows(
        IOException.class,
        () ->
            new CheckpointStore(link, 1)
                .write(2, into -> Files.writeString(into.resolve("weights"), "2")));
    assertTrue(Files.isDirectory(elsewhere));
    Files.delete(link);
    Files.createDirectory(link);
    Files.createSymbolicLink(link.resolve("step-000001"), elsewhere);
    assertThrows(IOException.class, () -> new CheckpointStore(link, 1).all());
  }
}
