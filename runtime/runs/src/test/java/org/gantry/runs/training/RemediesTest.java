package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gantry.recipes.Remedy;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.testkit.TensorTest;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watchdogs and remedies of a training. */
@TensorTest
class RemediesTest {

  private static final Watchdog FROM_6 = new WatchedGame.FindingBetween(6, 1000);

  @TempDir Path directory;

  private final RecordingListener listener = new RecordingListener();

  @Test
  void aFindingIsReportedWhenItAppearsAndWhenItDisappears() throws IOException {
    RunFolder folder = train("a", new WatchedGame(new WatchedGame.FindingBetween(5, 9)));

    assertEquals(List.of("found 5 []", "gone 9 []"), listener.lines);
    assertEquals(List.of("found 5", "gone 9"), events(folder));
    JsonNode line = JsonFiles.lines(folder.history()).get(0);
    assertEquals("tried", line.path("watchdog").asText());
    assertEquals("TROUBLE", line.path("severity").asText());
    assertEquals("it barks", line.path("what").asText());
    assertEquals("generator", line.path("where").asText());
    assertEquals("it is step 5", line.path("evidence").asText());
    assertEquals("", folder.state().trouble());
    assertEquals(RunStatus.DONE, folder.state().status());
  }

  @Test
  void watchdogsSeeGradientNormsEveryTenStepsRegardlessOfLogEvery() throws IOException {
    List<Long> seen = new ArrayList<>();
    RunFolder folder =
        train(
            "a",
            new WatchedGame(
                new Watchdog() {
                  @Override
                  public WatchdogResult inspectStep(StepReport step, Map<String, Double> memory) {
                    if (step.gradients().containsKey("generator")) {
                      seen.add(step.number());
                    }
                    return WatchdogResult.withoutFindings(memory);
                  }
                }));

    assertEquals(List.of(10L, 20L), seen);
    for (JsonNode line : JsonFiles.lines(folder.metrics())) {
      assertTrue(line.path("values").has("generator/gradient-norm"), line.toString());
    }
  }

  @Test
  void openTroubleIsInTheState() {
    assertEquals("it barks (generator)", train("a", new WatchedGame(FROM_6)).state().trouble());
  }

  @Test
  void aStoppedTrainingGivesTheReasonAndResumesFromThere() throws IOException {
    WatchedGame game = new WatchedGame(FROM_6, new Remedy.StopTraining());
    RunFolder folder = RunFolder.create(directory.resolve("a"), game.composed());

    RunException stopped =
        assertThrows(
            RunException.class,
            () -> new TrainingRun(folder, game.composed()).run(listener, () -> false));

    assertEquals(
        "the training was stopped at step 6 by the watchdog tried: it barks (generator): it is"
            + " step 6; pat it, then resume with 'gantry train --resume "
            + folder.path()
            + "' and a change",
        stopped.getMessage());
    assertEquals(RunStatus.FAILED, folder.state().status());
    assertTrue(Files.isDirectory(folder.checkpoints().resolve("step-000006")));

    // The finding was reported before and is not reported again.
    resume(folder, game, -1);
    assertEquals(RunStatus.DONE, folder.state().status());
    assertEquals(List.of("found 6"), events(folder));
  }

  @Test
  void aLowerRateAppliesToThePlayerOfTheFinding() throws IOException {
    RunFolder folder = train("a", new WatchedGame(FROM_6, new Remedy.LowerRate(0.25)));

    JsonNode change = JsonFiles.lines(folder.history()).get(1).path("changes").get(0);
    assertEquals(List.of("found 6", "changed 6"), events(folder));
    assertEquals("players.generator.rate", change.path("path").asText());
    assertEquals("0.25", change.path("value").asText());
    assertFalse(
        Arrays.equals(
            finalWeights(folder, "generator"),
            finalWeights(train("b", new WatchedGame(FROM_6)), "generator")));
  }

  @Test
  void aRegularizerThatARemedyAddsTakesEffectInTheNextStep() throws IOException {
    RunFolder folder =
        train("a", new WatchedGame(FROM_6, new Remedy.AddRegularizer("drift", "drift")));

    List<JsonNode> metrics = JsonFiles.lines(folder.metrics());
    assertFalse(metrics.get(5).path("values").has("generator/wobble"));
    assertTrue(metrics.get(6).path("values").has("generator/wobble"));
  }

  @Test
  void rollBacksUseOtherSeedsAndEndAfterThreeAttempts() throws IOException {
    WatchedGame game = new WatchedGame(FROM_6, new Remedy.RollBack());
    RunFolder folder = RunFolder.create(directory.resolve("a"), game.composed());

    RunException stopped =
        assertThrows(
            RunException.class,
            () -> new TrainingRun(folder, game.composed()).run(listener, () -> false));

    assertTrue(stopped.getMessage().contains("came back after 3 attempts"), stopped.getMessage());
    assertEquals(
        List.of(
            "found 6",
            "rolled-back 6 to 4",
            "found 6",
            "rolled-back 6 to 4",
            "found 6",
            "rolled-back 6 to 4",
            "found 6"),
        events(folder));
    List<String> seeds =
        JsonFiles.lines(folder.history()).stream()
            .filter(l -> l.path("event").asText().equals("rolled-back"))
            .map(l -> l.path("changes").get(0).path("value").asText())
            .distinct()
            .toList();
    assertEquals(3, seeds.size());
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), steps(folder));
  }

  @Test
  void aRollBackWithoutACheckpointBeginsAgain() throws IOException {
    RunFolder folder =
        train("a", new WatchedGame(new WatchedGame.FindingBySum(3), new Remedy.RollBack()));

    assertEquals(RunStatus.DONE, folder.state().status());
    for (String event : events(folder)) {
      assertTrue(List.of("found 3", "rolled-back 3 to 0").contains(event), event);
    }
    assertEquals(20, steps(folder).size());
  }

  /** Interrupts before, during and after the trouble. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 7, 8, 11, 15})
  void anInterruptedTrainingGetsTheSameRemedies(int interruption) throws IOException {
    for (WatchedGame game :
        List.of(
            new WatchedGame(new WatchedGame.FindingBetween(6, 10), new Remedy.LowerRate(0.5)),
            new WatchedGame(FROM_6, new Remedy.AddRegularizer("drift", "drift")),
            new WatchedGame(
                new WatchedGame.FindingBySum(10),
                new Remedy.RollBack(),
                new Remedy.AddRegularizer("drift", "drift")),
            new WatchedGame(new WatchedGame.FindingBySum(14), new Remedy.RollBack()))) {
      String name = "g" + game.hashCode() + "-";
      RunFolder never = train(name + "never", game);
      RunFolder twice = RunFolder.create(directory.resolve(name + "twice"), game.composed());
      long[] step = {0};
      new TrainingRun(twice, game.composed()).run(counting(step), () -> step[0] == interruption);
      resume(twice, game, -1);

      assertEquals(events(never), events(twice));
      assertEquals(steps(never), steps(twice));
      for (String file : List.of("generator", "discriminator", "generator.optimizer", "session")) {
        assertArrayEquals(finalWeights(never, file), finalWeights(twice, file), file);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 9, 10, 13, 17})
  void aRolledBackTrainingResumesToTheSameBits(int interruption) throws IOException {
    double[] term = new double[1];
    train(
        "probe",
        new WatchedGame(
            new Watchdog() {
              @Override
              public WatchdogResult inspectStep(StepReport step, Map<String, Double> memory) {
                if (step.number() == 14) {
                  term[0] = WatchedGame.generatorTerm(step);
                }
                return WatchdogResult.withoutFindings(memory);
              }
            }));
    WatchedGame game =
        new WatchedGame(
            new WatchedGame.FindingAtTerm(14, term[0]),
            new Remedy.RollBack(),
            new Remedy.LowerRate(0.5),
            new Remedy.AddRegularizer("drift", "drift"));

    RunFolder never = train("never", game);
    RunFolder twice = RunFolder.create(directory.resolve("twice"), game.composed());
    // Counts all performed steps, because those after 12 are performed twice.
    int[] done = {0};
    new TrainingRun(twice, game.composed())
        .run(
            new TrainingListener() {
              @Override
              public void stepDone(
                  long step, long steps, double seconds, Map<String, Double> values) {
                done[0]++;
              }
            },
            () -> done[0] == interruption);
    resume(twice, game, -1);

    assertEquals(List.of("found 14", "rolled-back 14 to 12"), events(never));
    assertEquals(events(never), events(twice));
    assertEquals(CheckpointHashes.of(never), CheckpointHashes.of(twice));
  }

  private RunFolder train(String name, WatchedGame game) {
    RunFolder folder = RunFolder.create(directory.resolve(name), game.composed());
    new TrainingRun(folder, game.composed()).run(listener, () -> false);
    return folder;
  }

  private void resume(RunFolder folder, WatchedGame game, long until) {
    long[] step = {0};
    try (RunResumption resumption = game.resumption(folder.path())) {
      resumption.run(counting(step), () -> step[0] == until);
    }
  }

  private static TrainingListener counting(long[] step) {
    return new TrainingListener() {
      @Override
      public void stepDone(long number, long steps, double seconds, Map<String, Double> values) {
        step[0] = number;
      }
    };
  }

  private static List<String> events(RunFolder folder) throws IOException {
    List<String> events = new ArrayList<>();
    if (!Files.exists(folder.history())) {
      return events;
    }
    for (JsonNode line : JsonFiles.lines(folder.history())) {
      if (line.has("number")) {
        events.add(
            line.path("event").asText()
                + " "
                + line.path("step").asLong()
                + (line.has("to") ? " to " + line.path("to").asLong() : ""));
      }
    }
    return events;
  }

  private static List<Long> steps(RunFolder folder) throws IOException {
    return JsonFiles.lines(folder.metrics()).stream().map(l -> l.path("step").asLong()).toList();
  }

  private static byte[] finalWeights(RunFolder folder, String file) throws IOException {
    return Files.readAllBytes(
        folder.checkpoints().resolve("step-000020").resolve(file + ".safetensors"));
  }

  /** Records the calls. */
  private static final class RecordingListener implements TrainingListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void findingChanged(
        long step, String watchdog, WatchdogFinding finding, boolean appeared, List<String> done) {
      lines.add((appeared ? "found " : "gone ") + step + " " + done);
    }
  }
}
