package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gantry.component.ComponentKind;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.EarlyStopping;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.TrainSettings.BestDirection;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.internal.store.CheckpointStore;
import org.gantry.sampler.Sampler;
import org.gantry.tensor.ComputeDevice;
import org.gantry.tensor.FloatPrecision;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.Composition;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The best checkpoint of a run. */
@TensorTest
class BestCheckpointTest {

  private static final int STEPS = 24;
  private static final int EVERY = 4;
  private static final String VALUE = "generator/game";

  @TempDir Path directory;

  private static ComposedRecipe composed(String value, BestDirection best) {
    Composition tiny = TinyGame.of(new MeanDifferenceLoss());
    Composition game = tiny.withRegularizers(List.of()).withSteps(STEPS).withSeed(3);
    return new ComposedRecipe(
        "tiny",
        TrainingGraph.build(game),
        new TrainSettings(
            STEPS,
            TinyGame.BATCH,
            3,
            0,
            1,
            EVERY,
            1,
            600,
            1,
            ComputeDevice.AUTO,
            FloatPrecision.FLOAT32,
            0,
            value,
            best,
            0,
            500,
            EarlyStopping.NEVER),
        List.of(),
        TinyRun.bound(ComponentKind.SAMPLER, (Sampler) TinyRun::sample),
        List.of(TinyRun.LOSS),
        "loss: tried\n");
  }

  /** The best checkpoint by the metrics. */
  private static long expectedBest(RunFolder folder, BestDirection extreme) throws IOException {
    TreeMap<Double, Long> byMean = new TreeMap<>();
    double sum = 0;
    for (JsonNode line : JsonFiles.lines(folder.metrics())) {
      long step = line.path("step").asLong();
      sum += line.path("values").path(VALUE).asDouble();
      if (step % EVERY == 0) {
        byMean.putIfAbsent(sum / EVERY, step);
        sum = 0;
      }
    }
    return (extreme == BestDirection.LOWEST ? byMean.firstEntry() : byMean.lastEntry()).getValue();
  }

  private static List<Long> keptSteps(RunFolder folder) throws IOException {
    return new CheckpointStore(folder.checkpoints(), 1)
        .all().stream().map(CheckpointStore.Checkpoint::step).toList();
  }

  @Test
  void theBestCheckpointIsKeptInAdditionToTheLastAndCanBeUsed() throws IOException {
    for (BestDirection extreme : BestDirection.values()) {
      ComposedRecipe composed = composed(VALUE, extreme);
      RunFolder folder = TinyRun.train(directory.resolve("run-" + extreme), composed);
      long best = expectedBest(folder, extreme);

      assertTrue(
          keptSteps(folder).containsAll(List.of(best, (long) STEPS)), keptSteps(folder).toString());
      assertTrue(keptSteps(folder).size() <= 2, keptSteps(folder).toString());
      try (TrainedRun run = open(folder, composed)) {
        assertEquals(best, run.step());
      }
    }
  }

  @Test
  void anInterruptedTrainingKeepsTheSameBestCheckpoint() throws IOException {
    for (BestDirection extreme : BestDirection.values()) {
      ComposedRecipe composed = composed(VALUE, extreme);
      RunFolder never = TinyRun.train(directory.resolve("never-" + extreme), composed);
      for (long stop : new long[] {2, 5, 8, 11, 18, 22}) {
        Path path = directory.resolve("twice-" + extreme + stop);
        RunFolder twice = RunFolder.create(path, composed);
        long[] step = {0};
        new TrainingRun(twice, composed)
            .run(
                new TrainingListener() {
                  @Override
                  public void stepDone(
                      long number, long steps, double seconds, Map<String, Double> values) {
                    step[0] = number;
                  }
                },
                () -> step[0] == stop);
        try (RunResumption resumption =
            RunResumption.open(
                path,
                TinyRun.recipes(twice, composed),
                TinyRun.installed(TinyRun.LOSS),
                List.of())) {
          resumption.run(new TrainingListener() {}, () -> false);
        }
        assertEquals(keptSteps(never), keptSteps(twice), extreme + " stopped after " + stop);
      }
    }
  }

  @Test
  void aValueThatIsNotReportedIsNamedWithTheReportedOnes() throws IOException {
    ComposedRecipe composed = composed("convergense", BestDirection.LOWEST);
    RunFolder folder = RunFolder.create(directory.resolve("run"), composed);

    RunException failed =
        assertThrows(
            RunException.class,
            () -> new TrainingRun(folder, composed).run(new TrainingListener() {}, () -> false));

    assertTrue(
        failed
            .getMessage()
            .startsWith(
                "train.keep-best names convergense, which this training does not report; it reports"
                    + " discriminator/game, generator/game"),
        failed.getMessage());
  }

  @Test
  void aRunWithoutABestCheckpointIsRefused() throws IOException {
    ComposedRecipe composed = composed("", BestDirection.LOWEST);
    RunFolder folder = TinyRun.train(directory.resolve("run"), composed);
    assertEquals(1, keptSteps(folder).size());
    assertTrue(Files.isRegularFile(folder.recipe()));

    RunException none = assertThrows(RunException.class, () -> open(folder, composed));

    assertTrue(none.getMessage().contains("does not set train.keep-best"), none.getMessage());
  }

  private static TrainedRun open(RunFolder folder, ComposedRecipe composed) {
    return TrainedRun.open(
        folder.path(),
        Optional.of(TrainedRun.BEST),
        TinyRun.recipes(folder, composed),
        TinyRun.installed(TinyRun.LOSS),
        List.of());
  }
}
