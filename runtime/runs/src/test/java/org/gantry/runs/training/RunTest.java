package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.LockedComponent;
import org.gantry.runs.NumberedRun;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
class RunTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void aRunWritesAllItsFiles() throws IOException {
    Path path = NumberedRun.claim(directory, "tiny");
    RunFolder folder = TinyRun.train(path, TinyRun.composed(new MeanDifferenceLoss()));

    assertEquals(directory.resolve("runs/tiny-001"), path);
    assertEquals(directory.resolve("runs/tiny-002"), NumberedRun.claim(directory, "tiny"));
    assertEquals(
        List.of(
            ".lock",
            "cache",
            "checkpoints",
            "environment.json",
            "events.out.tfevents.1.gantry",
            "metrics.jsonl",
            "plugins.lock.json",
            "recipe.yaml",
            "samples",
            "state.json"),
        names(path));
    assertEquals("loss: tried\n", Files.readString(folder.recipe()));
    assertEquals(
        List.of(new LockedComponent("loss", "tried", "1.0.0", "testkit", "0.1.0", "")),
        folder.components());
    assertEquals(RunStatus.DONE, folder.state().status());
    assertEquals(8, folder.state().step());
    assertEquals(List.of("step-000004.png", "step-000008.png"), names(folder.samples()));
    assertEquals(List.of("step-000006", "step-000008"), names(folder.checkpoints()));
    JsonNode environment = JSON.readTree(folder.environmentFile().toFile());
    assertEquals("PyTorch", environment.get("engine").get("name").asText());
    assertEquals(1, environment.get("engine").get("threads").asInt());
    assertEquals(Runtime.version().toString(), environment.get("java").get("version").asText());
  }

  @Test
  void metricsAreTheTermsOfBothPlayersAndTheSameInEveryRun() throws IOException {
    ComposedRecipe composed = TinyRun.composed(new MeanDifferenceLoss());
    RunFolder first = TinyRun.train(directory.resolve("a"), composed);
    RunFolder second = TinyRun.train(directory.resolve("b"), composed);

    List<String> lines = Files.readAllLines(first.metrics());
    assertEquals(5, lines.size(), "steps 1, 2, 4, 6, 8");
    JsonNode values = JSON.readTree(lines.get(4)).get("values");
    assertTrue(values.get("generator/game").isDouble());
    assertTrue(values.get("discriminator/game").isDouble());
    assertEquals(withoutTimes(lines), withoutTimes(Files.readAllLines(second.metrics())));
  }

  @Test
  void picturesShowTheSameLatents() throws IOException {
    RunFolder still =
        TinyRun.train(directory.resolve("still"), TinyRun.composed(new TinyRun.ZeroLoss()));
    RunFolder moving =
        TinyRun.train(directory.resolve("moving"), TinyRun.composed(new MeanDifferenceLoss()));

    assertArrayEquals(picture(still, 4), picture(still, 8), "nothing has been learnt");
    assertFalse(Arrays.equals(picture(moving, 4), picture(moving, 8)));
  }

  @Test
  void aStoppedRunCanBeUsed() {
    ComposedRecipe composed = TinyRun.composed(new MeanDifferenceLoss());
    RunFolder folder = RunFolder.create(directory.resolve("run"), composed);
    AtomicLong asked = new AtomicLong();

    RunState state =
        new TrainingRun(folder, composed)
            .run(new TrainingListener() {}, () -> asked.incrementAndGet() == 5);

    assertEquals(RunStatus.INTERRUPTED, state.status());
    try (TrainedRun run = TinyRun.reopen(folder, composed)) {
      assertEquals(5, run.step());
    }
  }

  @Test
  void aTermThatIsNaNIsNamed() {
    ComposedRecipe composed = TinyRun.composed(new TinyRun.NanLoss());

    RunException diverged =
        assertThrows(RunException.class, () -> TinyRun.train(directory.resolve("run"), composed));

    assertTrue(
        diverged
            .getMessage()
            .startsWith("the training diverged at step 1: generator/game is NaN or infinite"),
        diverged.getMessage());
    assertEquals(RunStatus.FAILED, RunFolder.open(directory.resolve("run")).state().status());
  }

  /** Needs the permission to mount a disk. */
  @Test
  void aDiskThatFillsUpKeepsTheCheckpointsThatFit() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk.toString()),
        "no disk can be mounted here");
    try {
      ComposedRecipe composed = TinyRun.composed(new MeanDifferenceLoss());
      RunFolder folder = RunFolder.create(disk.resolve("run"), composed);
      TrainingListener filling =
          new TrainingListener() {
            @Override
            public void checkpointWritten(Path checkpoint) {
              fill(disk.resolve("others"));
            }
          };

      RunException full =
          assertThrows(
              RunException.class,
              () -> new TrainingRun(folder, composed).run(filling, () -> false));

      assertTrue(full.getMessage().startsWith("cannot write "), full.getMessage());
      assertTrue(full.getMessage().contains("No space left on device"), full.getMessage());
      assertEquals(List.of("step-000003"), names(folder.checkpoints()));
      for (String line : Files.readAllLines(folder.metrics())) {
        assertTrue(JSON.readTree(line).has("values"), line);
      }
      try (TrainedRun run = TinyRun.reopen(folder, composed)) {
        assertEquals(3, run.step());
      }
    } finally {
      assertTrue(succeeds("umount", disk.toString()));
    }
  }

  /** A file system becomes read-only when it detects an error. */
  @Test
  void aFolderThatBecomesReadOnlyIsNamedAndTheRunCanBeResumed() throws Exception {
    DriftingGame game = new DriftingGame(40, 10, 2);
    RunFolder whole = TinyRun.train(directory.resolve("whole"), game.composed());
    RunFolder folder = RunFolder.create(directory.resolve("run"), game.composed());
    String place = folder.checkpoints().toString();
    assumeTrue(succeeds("mount", "--bind", place, place), "no folder can be made read-only here");
    try {
      TrainingListener breaking =
          new TrainingListener() {
            @Override
            public void checkpointWritten(Path checkpoint) {
              makeReadOnly(place);
            }
          };
      RunException broken =
          assertThrows(
              RunException.class,
              () -> new TrainingRun(folder, game.composed()).run(breaking, () -> false));

      assertTrue(
          broken.getMessage().startsWith("cannot write a checkpoint to " + place),
          broken.getMessage());
      assertTrue(broken.getMessage().contains("Read-only file system"), broken.getMessage());
      assertEquals(broken.getMessage(), folder.state().reason());
    } finally {
      assertTrue(succeeds("umount", place));
    }
    try (RunResumption resumption = game.resumption(folder.path())) {
      assertEquals(10, resumption.step());
      resumption.run(new TrainingListener() {}, () -> false);
    }
    assertEquals(CheckpointHashes.of(whole), CheckpointHashes.of(folder));
  }

  private static void makeReadOnly(String place) {
    try {
      assertTrue(succeeds("mount", "-o", "remount,ro,bind", place));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] picture(RunFolder folder, int step) throws IOException {
    return Files.readAllBytes(folder.samples().resolve("step-00000" + step + ".png"));
  }

  private static List<String> withoutTimes(List<String> lines) {
    return lines.stream().map(l -> l.replaceFirst("\"seconds\":[^,]*,", "")).toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private static void fill(Path file) {
    try (var out = Files.newOutputStream(file)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertEquals("No space left on device", full.getMessage());
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
