package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.NumberedRun;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.report.ReportPage;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sampling and evaluation of a trained run. */
@TensorTest
class TrainedRunTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void aReopenedRunDrawsTheLastPictureOfTheTraining() throws IOException {
    ComposedRecipe composed = TinyRun.composed(new MeanDifferenceLoss());
    RunFolder folder = TinyRun.train(directory.resolve("run"), composed);
    Path same = directory.resolve("pictures/same.png");
    Path other = directory.resolve("pictures/other.png");

    try (TrainedRun run = TinyRun.reopen(folder, composed)) {
      assertEquals(8, run.step());
      assertEquals(List.of(same), new SampleRequest(1000, 1).draw(run, same));
      new SampleRequest(1000, 2).draw(run, other);
    }

    assertArrayEquals(picture(folder, 8), Files.readAllBytes(same));
    assertFalse(Arrays.equals(picture(folder, 8), Files.readAllBytes(other)));
  }

  @Test
  void aRequestForNoSamplesIsRefused() {
    assertEquals(
        "the number of samples must be at least 1, not 0",
        assertThrows(RunException.class, () -> new SampleRequest(0, 1)).getMessage());
  }

  @Test
  void metricsShareTheSamplesAndTheResultIsRecorded() throws IOException {
    float[][] seen = new float[2][];
    ComposedRecipe composed =
        TinyRun.composed(
            new MeanDifferenceLoss(),
            evaluation -> {
              seen[0] = evaluation.samples().toFloatArray();
              evaluation.samples().close();
              return TinyRun.constant("modes", evaluation.sampleCount()).evaluate(evaluation);
            },
            evaluation -> {
              seen[1] = evaluation.samples().toFloatArray();
              assertTrue(evaluation.cacheFolder().endsWith("cache/tried-2"));
              assertTrue(Files.isDirectory(evaluation.cacheFolder()));
              return TinyRun.constant("share", Double.NaN).evaluate(evaluation);
            });
    RunFolder folder = TinyRun.train(directory.resolve("run"), composed);

    EvaluationResult result;
    try (TrainedRun run = TinyRun.reopen(folder, composed)) {
      result = run.evaluate(600);
      run.evaluate(300);
    }

    assertEquals(2 * 300, seen[0].length);
    assertArrayEquals(seen[0], seen[1]);
    assertEquals(List.of("tried/modes", "tried-2/share"), List.copyOf(result.figures().keySet()));
    assertEquals(600, result.figures().get("tried/modes"));
    List<String> lines = Files.readAllLines(folder.evaluations());
    assertEquals(2, lines.size());
    JsonNode line = JSON.readTree(lines.get(0));
    assertEquals(8, line.get("step").asLong());
    assertEquals(600, line.get("count").asLong());
    assertEquals("NaN", line.get("figures").get("tried-2/share").asText());
  }

  @Test
  void figuresOfTooFewSamplesAreMarkedAndStayMarked() throws IOException {
    Metric needy =
        new Metric() {
          @Override
          public int leastSamples(MetricSubject subject) {
            return 500;
          }

          @Override
          public Map<String, Double> evaluate(EvaluationContext evaluation) {
            return Map.of("precision", 1.0);
          }
        };
    ComposedRecipe composed =
        TinyRun.composed(new MeanDifferenceLoss(), needy, TinyRun.constant("share", 1));
    RunFolder folder = TinyRun.train(directory.resolve("run"), composed);

    try (TrainedRun run = TinyRun.reopen(folder, composed)) {
      assertEquals(Map.of(), run.evaluate(500).remarks());
      assertEquals(
          Map.of("tried/precision", "too few samples: n < 500"), run.evaluate(499).remarks());
    }

    EvaluationResult read = folder.evaluation().orElseThrow();
    assertEquals("too few samples: n < 500", read.remark("tried/precision"));
    assertEquals("", read.remark("tried-2/share"));
    String page = new ReportPage(List.of(folder), Map.of()).html();
    assertTrue(page.contains("<td>1 (too few samples: n &lt; 500)</td>"), "the report marks it");
  }

  @Test
  void allSamplesOfAnEvaluationDiffer() {
    double[] distinct = new double[1];
    ComposedRecipe composed =
        TinyRun.composed(
            new MeanDifferenceLoss(),
            evaluation -> {
              float[] values = evaluation.samples().toFloatArray();
              distinct[0] =
                  IntStream.range(0, values.length / 2)
                      .mapToObj(i -> List.of(values[2 * i], values[2 * i + 1]))
                      .distinct()
                      .count();
              return TinyRun.constant("modes", 1).evaluate(evaluation);
            });
    RunFolder folder = TinyRun.train(directory.resolve("run"), composed);

    try (TrainedRun run = TinyRun.reopen(folder, composed)) {
      run.evaluate(600);
    }

    assertEquals(600, distinct[0]);
  }

  @Test
  void aMetricThatCannotEvaluateOrFailsIsNamed() {
    assertEquals(
        "metric/tried cannot evaluate this run: the data set is not a mixture",
        evaluationFailure(new UnusableComponentException("the data set is not a mixture")));
    assertEquals(
        "metric/tried of testkit 0.1.0 failed: java.lang.NullPointerException",
        evaluationFailure(new NullPointerException()));
  }

  private String evaluationFailure(RuntimeException failure) {
    ComposedRecipe composed =
        TinyRun.composed(
            new MeanDifferenceLoss(),
            evaluation -> {
              throw failure;
            });
    RunFolder folder = TinyRun.train(NumberedRun.claim(directory, "tiny"), composed);
    try (TrainedRun run = TinyRun.reopen(folder, composed)) {
      String message = assertThrows(RunException.class, () -> run.evaluate(10)).getMessage();
      assertFalse(Files.exists(folder.evaluations()));
      return message;
    }
  }

  @Test
  void aRecipeWithoutMetricsHasNothingToEvaluate() {
    ComposedRecipe composed = TinyRun.composed(new MeanDifferenceLoss());
    RunFolder folder = TinyRun.train(directory.resolve("run"), composed);
    try (TrainedRun run = TinyRun.reopen(folder, composed)) {
      assertEquals(
          "the recipe of " + folder.path() + " names no metrics",
          assertThrows(RunException.class, () -> run.evaluate(10)).getMessage());
    }
  }

  @Test
  void aFolderWithoutARunIsRefused() throws IOException {
    Path missing = directory.resolve("missing");
    Path file = Files.writeString(directory.resolve("file"), "");

    assertEquals(
        "there is no run folder " + missing,
        assertThrows(RunException.class, () -> RunFolder.open(missing)).getMessage());
    assertEquals(
        "there is no run folder " + file + ": that is a file",
        assertThrows(RunException.class, () -> RunFolder.open(file)).getMessage());
    assertEquals(
        directory + " is not the folder of a run: it has no recipe.yaml",
        assertThrows(RunException.class, () -> RunFolder.open(directory)).getMessage());
  }

  @Test
  void aRunWithoutACheckpointCannotBeUsed() {
    ComposedRecipe composed = TinyRun.composed(new MeanDifferenceLoss());
    RunFolder folder = RunFolder.create(directory.resolve("run"), composed);

    assertEquals(
        "the run " + folder.path() + " has no checkpoint yet: it has done 0 steps",
        assertThrows(RunException.class, () -> TinyRun.reopen(folder, composed)).getMessage());
  }

  @Test
  void aDamagedCheckpointIsSkippedWithANote() throws IOException {
    ComposedRecipe composed = TinyRun.composed(new MeanDifferenceLoss());
    RunFolder folder = TinyRun.train(directory.resolve("run"), composed);
    Path last = damage(folder, 8);

    try (TrainedRun run = TinyRun.reopen(folder, composed)) {
      assertEquals(6, run.step());
      assertEquals(
          List.of(
              "the checkpoint step-000008 is damaged and was skipped: "
                  + last
                  + " is corrupt (SHA-256 mismatch)"),
          run.notes());
    }
    assertTrue(Files.exists(last), "looking changes nothing");
  }

  @Test
  void aRunWithOnlyDamagedCheckpointsCannotBeUsed() throws IOException {
    ComposedRecipe composed = TinyRun.composed(new MeanDifferenceLoss());
    RunFolder folder = TinyRun.train(directory.resolve("run"), composed);
    Path last = damage(folder, 8);
    Path before = damage(folder, 6);

    assertEquals(
        "no checkpoint of the run "
            + folder.path()
            + " is intact: "
            + last
            + " is corrupt (SHA-256 mismatch); "
            + before
            + " is corrupt (SHA-256 mismatch)",
        assertThrows(RunException.class, () -> TinyRun.reopen(folder, composed)).getMessage());
  }

  private static Path damage(RunFolder folder, int step) throws IOException {
    Path weights =
        folder.checkpoints().resolve("step-00000" + step).resolve("generator.safetensors");
    byte[] content = Files.readAllBytes(weights);
    content[content.length - 1] ^= 1;
    return Files.write(weights, content);
  }

  private static byte[] picture(RunFolder folder, int step) throws IOException {
    return Files.readAllBytes(folder.samples().resolve("step-00000" + step + ".png"));
  }
}
