package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.ScheduledChange;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
class RunResumptionTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DriftingGame GAME = new DriftingGame(60, 20, 2);

  @TempDir Path directory;

  @Test
  void anInterruptedRunEndsWithTheSameBits() throws IOException {
    RunFolder whole = TinyRun.train(directory.resolve("whole"), GAME.composed());
    RunFolder folder = StoppedRun.interrupted(directory.resolve("run"), GAME, 33);

    RunState end = StoppedRun.resume(GAME, folder);

    assertEquals(RunStatus.DONE, end.status());
    assertEquals(60, end.step());
    assertEquals(1, end.resumeCount());
    assertEquals(CheckpointHashes.of(whole), CheckpointHashes.of(folder));
    assertArrayEquals(picture(whole, 60), picture(folder, 60));
  }

  /** A killed process leaves metrics after its last checkpoint, and partial files. */
  @Test
  void filesWrittenAfterTheLastCheckpointAreTakenBack() throws IOException {
    RunFolder whole = TinyRun.train(directory.resolve("whole"), GAME.composed());
    RunFolder folder = StoppedRun.killed(directory.resolve("run"), GAME, 37);
    assertEquals(List.of("1", "7", "14", "21", "28", "35"), steps(folder));
    Files.writeString(folder.metrics(), Files.readString(folder.metrics()) + "{\"step\":42,\"sec");
    Files.createDirectory(folder.checkpoints().resolve(".step-000040.partial"));
    Files.writeString(folder.path().resolve(".state.json.partial"), "{");
    Files.writeString(folder.evaluations(), "{\"step\":20,\"count\":1}\n{\"step\":40}\n");

    List<String> calls = new ArrayList<>();
    try (RunResumption resumption = GAME.resumption(folder.path())) {
      assertEquals(20, resumption.step());
      resumption.run(
          new TrainingListener() {
            @Override
            public void resumed(long step) {
              calls.add("resumed " + step + " " + steps(folder) + " " + names(folder.samples()));
            }
          },
          () -> false);
    }

    assertEquals(List.of("resumed 20 [1, 7, 14] []"), calls);
    assertEquals(steps(whole), steps(folder));
    assertEquals("{\"step\":20,\"count\":1}\n", Files.readString(folder.evaluations()));
    assertEquals(CheckpointHashes.of(whole), CheckpointHashes.of(folder));
    assertEquals(names(whole.path().resolve("samples")), names(folder.samples()));
    for (Path part : List.of(folder.path(), folder.samples(), folder.checkpoints())) {
      assertFalse(names(part).stream().anyMatch(n -> n.endsWith(".partial")), () -> part + "");
    }
  }

  @Test
  void aRunKilledBeforeItsFirstCheckpointBeginsAgain() throws IOException {
    RunFolder whole = TinyRun.train(directory.resolve("whole"), GAME.composed());
    RunFolder folder = StoppedRun.killed(directory.resolve("run"), GAME, 11);

    try (RunResumption resumption = GAME.resumption(folder.path())) {
      assertEquals(0, resumption.step());
      assertEquals(
          List.of("there is no checkpoint to resume from, so the run begins again"),
          resumption.notes());
      resumption.run(new TrainingListener() {}, () -> false);
    }

    assertEquals(CheckpointHashes.of(whole), CheckpointHashes.of(folder));
    assertEquals(steps(whole), steps(folder));
  }

  @Test
  void aRunKilledAfterItsLastStepIsDone() throws IOException {
    RunFolder folder = TinyRun.train(directory.resolve("run"), GAME.composed());
    CheckpointHashes weights = CheckpointHashes.of(folder);
    String state = Files.readString(folder.stateFile());
    Files.writeString(folder.stateFile(), state.replace("\"done\"", "\"running\""));

    RunState end = StoppedRun.resume(GAME, folder);

    assertEquals(RunStatus.DONE, end.status());
    assertEquals(weights, CheckpointHashes.of(folder));
  }

  @Test
  void trainingTimeContinuesWhereItStopped() throws IOException {
    RunFolder folder = StoppedRun.interrupted(directory.resolve("run"), GAME, 33);
    double before = folder.state().seconds();

    StoppedRun.resume(GAME, folder);

    double last = 0;
    for (String line : Files.readAllLines(folder.metrics())) {
      double seconds = JSON.readTree(line).get("seconds").asDouble();
      assertTrue(seconds >= last, line);
      last = seconds;
    }
    assertTrue(folder.state().seconds() >= before);
  }

  @Test
  void aDamagedCheckpointIsSkippedReportedAndKept() throws IOException {
    RunFolder whole = TinyRun.train(directory.resolve("whole"), GAME.composed());
    RunFolder folder = StoppedRun.killed(directory.resolve("run"), GAME, 55);
    Path weights = folder.checkpoints().resolve("step-000040/generator.safetensors");
    Files.write(weights, new byte[3]);

    List<String> calls = new ArrayList<>();
    try (RunResumption resumption = GAME.resumption(folder.path())) {
      assertEquals(20, resumption.step());
      String note = resumption.notes().get(0);
      assertTrue(note.startsWith("the checkpoint step-000040 is damaged and was skipped: "), note);
      resumption.run(
          new TrainingListener() {
            @Override
            public void checkpointSkipped(Path checkpoint, String reason) {
              calls.add(checkpoint.getFileName() + ": " + reason);
            }
          },
          () -> false);
    }

    assertEquals(1, calls.size());
    assertTrue(calls.get(0).startsWith("step-000040: " + weights + " has 3 bytes"), calls.get(0));
    assertEquals(
        List.of("damaged-step-000040", "step-000040", "step-000060"), names(folder.checkpoints()));
    assertEquals(CheckpointHashes.of(whole), CheckpointHashes.of(folder));
  }

  /** Tries all subsets of weights, optimizer state, manifest and the hash of the manifest. */
  @Test
  void anyMissingOrCorruptFileMakesTheRunResumeFromThePreviousCheckpoint() throws IOException {
    CheckpointHashes whole =
        CheckpointHashes.of(TinyRun.train(directory.resolve("whole"), GAME.composed()));
    RunFolder killed = StoppedRun.killed(directory.resolve("run"), GAME, 55);
    List<String> files =
        List.of(
            "generator.safetensors",
            "discriminator.optimizer.safetensors",
            "manifest.json",
            "manifest.sha256");
    for (boolean missing : new boolean[] {true, false}) {
      for (int subset = 0; subset < 1 << files.size(); subset++) {
        RunFolder folder = new RunFolder(directory.resolve("copy-" + missing + "-" + subset));
        copy(killed.path(), folder.path());
        for (int i = 0; i < files.size(); i++) {
          if ((subset >> i & 1) == 1) {
            Path file = folder.checkpoints().resolve("step-000040").resolve(files.get(i));
            if (missing) {
              Files.delete(file);
            } else {
              byte[] bytes = Files.readAllBytes(file);
              bytes[bytes.length / 2] ^= 1;
              Files.write(file, bytes);
            }
          }
        }
        String which = (missing ? "missing " : "damaged ") + Integer.toBinaryString(subset);
        try (RunResumption resumption = GAME.resumption(folder.path())) {
          assertEquals(subset == 0 ? 40 : 20, resumption.step(), which);
          assertEquals(subset == 0 ? 0 : 1, resumption.notes().size(), which);
          resumption.run(new TrainingListener() {}, () -> false);
        }
        assertEquals(whole, CheckpointHashes.of(folder), which);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path file : (Iterable<Path>) tree::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void moreStepsContinueTheRunAndAreRecorded() throws IOException {
    RunFolder folder = TinyRun.train(directory.resolve("run"), GAME.composed());

    try (RunResumption resumption =
        GAME.resumption(folder.path(), new Change("train.steps", "80"))) {
      assertEquals(
          List.of(new RecipeDifference("train.steps", Optional.of("60"), Optional.of("80"))),
          resumption.differences());
      assertEquals(
          List.of(
              "schedules, such as a learning rate that decays, now extend over 80 steps from step"
                  + " 60 on"),
          resumption.notes());
      assertEquals(80, resumption.run(new TrainingListener() {}, () -> false).step());
    }

    JsonNode line = JSON.readTree(Files.readString(folder.history()));
    assertEquals("resumed", line.get("event").asText());
    assertEquals(60, line.get("step").asLong());
    assertEquals(
        "[{\"path\":\"train.steps\",\"before\":\"60\",\"after\":\"80\"}]",
        line.get("changes").toString());
    assertEquals(
        """
        loss: tried
        train: {steps: 60, checkpoint-every: 20, keep: 2}
        changes:
        - after: 60
          set: train.steps
          to: 80""",
        Files.readString(folder.recipe()));
    assertEquals(80, CheckpointHashes.of(folder).step());
  }

  @Test
  void theRecipeOfARunWithMoreStepsRepeatsItToTheSameBits() throws IOException {
    RunFolder folder = StoppedRun.killed(directory.resolve("run"), GAME, 37);
    StoppedRun.resume(GAME, folder, new Change("train.steps", "80"));
    List<ScheduledChange> recorded = List.of(ScheduledChange.steps(20, 80));

    RunFolder again =
        TinyRun.train(directory.resolve("again"), new DriftingGame(60, 20, 2, recorded).composed());
    RunFolder longer =
        TinyRun.train(directory.resolve("longer"), new DriftingGame(80, 20, 2).composed());

    assertEquals(Files.readString(folder.recipe()), Files.readString(again.recipe()));
    assertEquals(CheckpointHashes.of(folder), CheckpointHashes.of(again));
    assertNotEquals(
        CheckpointHashes.of(longer), CheckpointHashes.of(again), "the ramp was steeper at first");
  }

  @Test
  void aNewNumberOfStepsReplacesAScheduledOne() throws IOException {
    DriftingGame planned =
        new DriftingGame(
            30, 20, 2, List.of(ScheduledChange.steps(10, 60), ScheduledChange.steps(50, 90)));
    RunFolder folder = StoppedRun.killed(directory.resolve("run"), planned, 37);

    StoppedRun.resume(planned, folder, new Change("train.steps", "40"));

    assertEquals(40, CheckpointHashes.of(folder).step());
    assertTrue(
        Files.readString(folder.recipe())
            .endsWith("  to: 60\n- after: 20\n  set: train.steps\n  to: 40"));
  }

  @Test
  void aRunKeepsItsThreadsAndNotesAMachineWithFewerCores() throws IOException {
    RunFolder folder = StoppedRun.interrupted(directory.resolve("run"), GAME, 33);
    String environment = Files.readString(folder.environmentFile());
    Files.writeString(
        folder.environmentFile(),
        environment.replaceFirst("\"threads\" : 1", "\"threads\" : 1000"));

    try (RunResumption resumption = GAME.resumption(folder.path())) {
      String note = resumption.notes().get(0);
      assertTrue(note.startsWith("the run was made with 1000 threads and this machine has "), note);
    }
  }

  @Test
  void theRequestedNumberOfCheckpointsIsKept() {
    DriftingGame game = new DriftingGame(60, 10, 4);
    RunFolder folder = TinyRun.train(directory.resolve("run"), game.composed());

    assertEquals(
        List.of("step-000030", "step-000040", "step-000050", "step-000060"),
        names(folder.checkpoints()));
  }

  @Test
  void changedWeightsAreNoticed() {
    RunFolder one = TinyRun.train(directory.resolve("a"), GAME.composed());
    RunFolder other = TinyRun.train(directory.resolve("b"), new DriftingGame(61, 20, 2).composed());

    assertNotEquals(CheckpointHashes.of(one).hashes(), CheckpointHashes.of(other).hashes());
  }

  private static List<String> steps(RunFolder folder) {
    return new String(read(folder.metrics()), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("\\{\"step\":(\\d+),.*", "$1"))
        .toList();
  }

  private static byte[] picture(RunFolder folder, int step) {
    return read(folder.samples().resolve("step-0000" + step + ".png"));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
