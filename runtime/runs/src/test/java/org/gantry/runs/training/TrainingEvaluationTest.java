package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.EarlyStopping;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.TrainSettings.BestDirection;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.tensor.ComputeDevice;
import org.gantry.tensor.FloatPrecision;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations of metrics during a training. */
@TensorTest
final class TrainingEvaluationTest {

  private static final int STEPS = 20;
  private static final int CHECKPOINT_EVERY = 4;
  private static final String MEAN = "tried/mean";

  @TempDir Path directory;

  /** The mean of all values of the samples. */
  private static final class SampleMean implements Metric {
    @Override
    public Map<String, Double> evaluate(EvaluationContext context) {
      return Map.of("mean", (double) context.samples().mean().getFloat());
    }
  }

  private static ComposedRecipe composed(
      Metric metric, String keepBest, long every, EarlyStopping rule) {
    ComposedRecipe tiny = TinyRun.composed(TinyGame.of(new MeanDifferenceLoss()), metric);
    return new ComposedRecipe(
        tiny.name(),
        tiny.graph(),
        new TrainSettings(
            STEPS,
            TinyGame.BATCH,
            1,
            0,
            7,
            CHECKPOINT_EVERY,
            1,
            600,
            1,
            ComputeDevice.AUTO,
            FloatPrecision.FLOAT32,
            0,
            keepBest,
            BestDirection.LOWEST,
            every,
            40,
            rule),
        tiny.metrics(),
        tiny.sampler(),
        tiny.components(),
        tiny.yaml());
  }

  private static ComposedRecipe evaluating(long every) {
    return composed(new SampleMean(), "", every, EarlyStopping.NEVER);
  }

  /** Stops when the mean of the samples, which grows, has not been lower for some evaluations. */
  private static ComposedRecipe impatient(int patience) {
    return composed(
        new SampleMean(), "", 3, new EarlyStopping(MEAN, BestDirection.LOWEST, patience));
  }

  /** The figures by step, in the run's metrics. */
  private static Map<Long, Double> figures(RunFolder folder) throws IOException {
    Map<Long, Double> figures = new TreeMap<>();
    for (JsonNode line : JsonFiles.lines(folder.metrics())) {
      if (line.path("values").has(MEAN)) {
        figures.put(line.path("step").asLong(), line.path("values").path(MEAN).asDouble());
      }
    }
    return figures;
  }

  private static RunFolder trainInTwoParts(Path path, ComposedRecipe composed, long stop) {
    RunFolder folder = RunFolder.create(path, composed);
    long[] step = {0};
    new TrainingRun(folder, composed)
        .run(
            new TrainingListener() {
              @Override
              public void stepDone(
                  long number, long steps, double seconds, Map<String, Double> values) {
                step[0] = number;
              }
            },
            () -> step[0] >= stop);
    try (RunResumption resumption = resumption(folder, composed)) {
      resumption.run(new TrainingListener() {}, () -> false);
    }
    return folder;
  }

  private static RunResumption resumption(RunFolder folder, ComposedRecipe composed) {
    return RunResumption.open(
        folder.path(),
        TinyRun.recipes(folder, composed),
        TinyRun.installed(TinyRun.LOSS),
        List.of());
  }

  private static List<String> checkpoints(RunFolder folder) throws IOException {
    try (Stream<Path> all = Files.list(folder.checkpoints())) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void metricsAreEvaluatedAfterTheFirstStepAndEverySoManySteps() throws IOException {
    RunFolder folder = RunFolder.create(directory.resolve("run"), evaluating(6));
    List<EvaluationResult> reported = new ArrayList<>();
    new TrainingRun(folder, evaluating(6))
        .run(
            new TrainingListener() {
              @Override
              public void evaluated(EvaluationResult result) {
                reported.add(result);
              }
            },
            () -> false);

    assertEquals(List.of(1L, 6L, 12L, 18L), List.copyOf(figures(folder).keySet()));
    assertEquals(List.of(1L, 6L, 12L, 18L), reported.stream().map(EvaluationResult::step).toList());
    assertTrue(reported.stream().allMatch(r -> r.count() == 40 && r.seed() == 1));
    assertEquals(
        List.copyOf(figures(folder).values()),
        reported.stream().map(r -> r.figures().get(MEAN)).toList());
  }

  @Test
  void evaluationsDoNotChangeTheTraining() throws IOException {
    RunFolder without = TinyRun.train(directory.resolve("without"), evaluating(0));
    RunFolder with = TinyRun.train(directory.resolve("with"), evaluating(1));
    Path last = Path.of("step-000020");
    try (Stream<Path> files = Files.list(without.checkpoints().resolve(last))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".safetensors")).toList()) {
        assertArrayEquals(
            Files.readAllBytes(file),
            Files.readAllBytes(with.checkpoints().resolve(last).resolve(file.getFileName())),
            file.toString());
      }
    }
  }

  @Test
  void aResumedRunHasTheSameEvaluations() throws IOException {
    RunFolder never = TinyRun.train(directory.resolve("never"), evaluating(3));
    for (long stop : new long[] {1, 5, 6, 13}) {
      RunFolder twice = trainInTwoParts(directory.resolve("twice-" + stop), evaluating(3), stop);
      assertEquals(figures(never), figures(twice), "stopped after " + stop);
    }
  }

  @Test
  void aFigureSelectsTheBestCheckpoint() throws IOException {
    ComposedRecipe composed = composed(new SampleMean(), MEAN, 2, EarlyStopping.NEVER);
    RunFolder never = TinyRun.train(directory.resolve("never"), composed);
    Map<Double, Long> byMean = new TreeMap<>();
    Map<Long, Double> figures = figures(never);
    for (long step = CHECKPOINT_EVERY; step <= STEPS; step += CHECKPOINT_EVERY) {
      byMean.putIfAbsent((figures.get(step - 2) + figures.get(step)) / 2, step);
    }
    long best = byMean.values().iterator().next();
    assertTrue(
        checkpoints(never).contains("step-%06d".formatted(best)), best + " " + checkpoints(never));

    RunFolder twice = trainInTwoParts(directory.resolve("twice"), composed, 6);
    assertEquals(checkpoints(never), checkpoints(twice));
  }

  @Test
  void aTrainingThatNoLongerGetsBetterStopsWithAReason() throws IOException {
    ComposedRecipe composed = impatient(2);
    RunFolder folder = RunFolder.create(directory.resolve("run"), composed);
    RunState end = new TrainingRun(folder, composed).run(new TrainingListener() {}, () -> false);

    assertEquals(RunStatus.DONE, end.status());
    assertEquals(9, end.step());
    assertTrue(
        end.reason()
            .matches(
                "stopped early at step 9: tried/mean has not been lower than \\S+ for 2 evaluations"),
        end.reason());
    assertEquals(end.reason(), RunFolder.open(folder.path()).state().reason());
    assertTrue(checkpoints(folder).contains("step-000009"));
    for (long stop : new long[] {2, 3, 6, 7}) {
      RunFolder twice = trainInTwoParts(directory.resolve("twice-" + stop), composed, stop);
      assertEquals(end.reason(), twice.state().reason(), "stopped after " + stop);
    }
  }

  @Test
  void aRunThatStoppedEarlyContinuesOnlyWithMorePatience() {
    RunFolder folder = TinyRun.train(directory.resolve("run"), impatient(2));
    String refusal =
        assertThrows(RunException.class, () -> resumption(folder, impatient(2))).getMessage();
    assertTrue(refusal.contains("stopped early at step 9"), refusal);
    assertTrue(refusal.endsWith("such as with --set train.early-stopping.patience=4"), refusal);

    ComposedRecipe patient = impatient(3);
    List<Change> change = List.of(new Change("train.early-stopping.patience", "3"));
    try (RunResumption resumption =
        RunResumption.open(
            folder.path(),
            TinyRun.recipes((recipe, changes) -> patient),
            TinyRun.installed(TinyRun.LOSS),
            change)) {
      assertEquals(12, resumption.run(new TrainingListener() {}, () -> false).step());
    }
  }

  @Test
  void aFigureThatNoMetricGivesIsReportedAfterTheFirstStep() {
    for (ComposedRecipe composed :
        List.of(
            composed(new SampleMean(), "tried/median", 5, EarlyStopping.NEVER),
            composed(
                new SampleMean(),
                "",
                5,
                new EarlyStopping("tried/median", BestDirection.LOWEST, 2)))) {
      RunFolder folder =
          RunFolder.create(directory.resolve("wrong" + composed.hashCode()), composed);
      RunException failure =
          assertThrows(
              RunException.class,
              () -> new TrainingRun(folder, composed).run(new TrainingListener() {}, () -> false));
      assertTrue(failure.getMessage().contains("tried/median"), failure.getMessage());
      assertTrue(failure.getMessage().endsWith(MEAN), failure.getMessage());
      assertEquals(1, folder.state().step());
    }
  }
}
