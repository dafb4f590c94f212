package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gantry.host.support.AtomicFiles;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.internal.store.CheckpointStore;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills trainings at random moments, as {@code kill -9} does. {@code -Dgantry.kills} sets how many.
 * Timing only affects when the kills happen.
 */
@Tag("slow")
@TensorTest
@EnabledOnOs({OS.LINUX, OS.MAC})
class KillTest {

  private static final int KILLS = Integer.getInteger("gantry.kills", 5);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path shared;
  @TempDir Path directory;

  private static RunFolder whole;
  private static long milliseconds;

  private final SplittableRandom random = new SplittableRandom(KILLS);

  /** Trains to the end in another process and measures the time. */
  @BeforeAll
  static void trainUndisturbed() throws Exception {
    whole = new RunFolder(shared.resolve("whole"));
    Process process = ChildTraining.start(whole.path(), shared.resolve("log"));
    long start = System.nanoTime();
    assertEquals(0, process.waitFor());
    milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @Test
  void everyKilledTrainingResumesToTheSameWeights() throws Exception {
    CheckpointHashes expected = CheckpointHashes.of(whole);
    String history = steps(whole);

    for (int kills = 0; kills < KILLS; ) {
      Path path = directory.resolve("run-" + kills);
      trainUntilKilled(path, milliseconds);
      if (done(path)) {
        AtomicFiles.delete(path);
        continue;
      }
      kills++;
      requireNothingBroken(path);
      ChildTraining.train(path, ChildTraining.GAME.composed());
      RunFolder folder = RunFolder.open(path);
      assertEquals(expected, CheckpointHashes.of(folder), path.toString());
      assertEquals(history, steps(folder), path.toString());
    }
  }

  /** Kills the same run repeatedly. */
  @Test
  void aTrainingThatIsKilledAgainAndAgainEndsWithTheSameWeights() throws Exception {

    Path path = directory.resolve("run");
    for (int kills = 0; kills < Math.min(KILLS, 20); kills++) {
      trainUntilKilled(path, milliseconds / 4);
      requireNothingBroken(path);
      if (done(path)) {
        break;
      }
    }
    if (!done(path)) {
      ChildTraining.train(path, ChildTraining.GAME.composed());
    }

    assertEquals(CheckpointHashes.of(whole), CheckpointHashes.of(RunFolder.open(path)));
  }

  /** Kills trainings on a small disk of their own. */
  @Test
  void aNearlyFullDiskBreaksNothing() throws Exception {
    CheckpointHashes expected = CheckpointHashes.of(whole);
    long size = size(whole.path());
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=" + 2 * size, "tmpfs", disk.toString()),
        "no disk can be mounted here");
    int full = 0;
    try {
      for (int kills = 0; kills < KILLS; ) {
        Path path = disk.resolve("run");
        Path others = disk.resolve("others");
        // Leaves between no space and enough space for the whole run.
        fill(others, size + random.nextLong(size));
        trainUntilKilled(path, milliseconds);
        full += is(path, RunState.RunStatus.FAILED) ? 1 : 0;
        kills++;
        requireNothingBroken(path);
        Files.delete(others);
        if (!done(path)) {
          ChildTraining.train(path, ChildTraining.GAME.composed());
        }
        assertEquals(expected, CheckpointHashes.of(RunFolder.open(path)), "kill " + kills);
        AtomicFiles.delete(path);
      }
    } finally {
      assertTrue(succeeds("umount", disk.toString()));
    }
    assertTrue(KILLS < 20 || full > 0, "the disk was never full");
  }

  @Test
  void aRunThatAnotherProcessTrainsIsRefused() throws Exception {
    Path path = directory.resolve("run");
    Process process = ChildTraining.start(path, directory.resolve("log"));
    try {
      while (!Files.exists(path.resolve("metrics.jsonl")) && process.isAlive()) {
        Thread.onSpinWait();
      }
      assumeTrue(process.isAlive(), "it was faster");
      String message =
          assertThrows(RunException.class, () -> ChildTraining.GAME.resumption(path).close())
              .getMessage();
      assertEquals(
          "another training uses the run folder "
              + path
              + ": process "
              + process.pid()
              + "; wait for it, or end it",
          message);
    } finally {
      process.destroyForcibly().waitFor();
    }
    ChildTraining.GAME.resumption(path).close();
  }

  /** Trains in another process and kills it at a random moment. */
  private void trainUntilKilled(Path path, long within) throws Exception {
    Process process = ChildTraining.start(path, directory.resolve("log"));
    process.waitFor(random.nextLong(Math.max(1, within)), TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
  }

  private static boolean done(Path path) {
    return is(path, RunState.RunStatus.DONE);
  }

  private static boolean is(Path path, RunState.RunStatus status) {
    return Files.exists(path.resolve("state.json"))
        && RunFolder.open(path).state().status() == status;
  }

  /** Requires that every file with its final name is complete. */
  private static void requireNothingBroken(Path path) throws IOException {
    if (!Files.exists(path.resolve("state.json"))) {
      return;
    }
    RunFolder folder = RunFolder.open(path);
    folder.state();
    folder.components();
    for (CheckpointStore.Checkpoint checkpoint :
        new CheckpointStore(folder.checkpoints(), 1).all()) {
      CheckpointStore.verify(checkpoint);
    }
    try (Stream<Path> pictures = Files.list(folder.samples())) {
      for (Path picture : (Iterable<Path>) pictures::iterator) {
        if (!picture.getFileName().toString().startsWith(".")) {
          assertNotNull(ImageIO.read(picture.toFile()), picture::toString);
        }
      }
    }
    if (Files.exists(folder.metrics())) {
      for (String line : Files.readAllLines(folder.metrics())) {
        assertTrue(JSON.readTree(line).has("values"), line);
      }
    }
  }

  private static String steps(RunFolder folder) throws IOException {
    return Files.readAllLines(folder.metrics()).stream()
        .map(line -> line.replaceFirst("\"seconds\":[^,]*,", ""))
        .toList()
        .toString();
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      // Counts blocks of the file system; a folder takes one, too.
      return tree.mapToLong(file -> (file.toFile().length() + 4096 + 4095) / 4096 * 4096).sum();
    }
  }

  private static void fill(Path file, long bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(new byte[(int) bytes]);
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
