package org.gantry.runs;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.host.support.ErrorText;
import org.gantry.metric.Metric;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.internal.JsonLines;
import org.gantry.runs.internal.MetricInput;
import org.gantry.runs.internal.RunRecords;
import org.gantry.runs.internal.SampleDrawer;
import org.gantry.tensor.RandomStreams;
import org.gantry.training.BoundComponent;

/**
 * What the recipe's metrics say of a run; a line of its {@code evaluations.jsonl}.
 *
 * @param step the steps that the judged networks have behind them
 * @param count the samples judged
 * @param seed keyed the samples
 * @param seconds how long it took
 * @param figures by {@code metric/figure}, in the order of the recipe and of each metric; a metric
 *     that a recipe names twice is {@code metric-2} the second time
 */
public record EvaluationResult(
    long step, int count, long seed, double seconds, Map<String, Double> figures) {

  /** Copies the map, in its order. */
  public EvaluationResult {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /**
   * Judges a run, under its own seed, and appends the result to the run's evaluations.
   *
   * @param count how many samples to judge, at least 1
   * @throws RunException if a metric cannot judge this run or fails, or the result cannot be
   *     written
   */
  public static EvaluationResult of(TrainedRun run, int count) {
    return of(run, count, run.folder().cache());
  }

  /**
   * Judges a run as {@link #of(TrainedRun, int)} does.
   *
   * @param cache where metrics keep what is costly to compute; runs that are to be compared may
   *     share it
   */
  public static EvaluationResult of(TrainedRun run, int count, Path cache) {
    if (count < 1) {
      throw new RunException("the number of samples to judge must be at least 1, not " + count);
    }
    ComposedRecipe composed = run.composed();
    if (composed.metrics().isEmpty()) {
      throw new RunException("the recipe of " + run.folder().path() + " names no metrics");
    }
    long seed = composed.settings().seed();
    long start = System.nanoTime();
    Map<String, Double> figures = new LinkedHashMap<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray samples =
          SampleDrawer.drawInChunks(
              manager, run.session()::trained, composed.sampler(), count, seed);
      Map<String, Integer> seen = new HashMap<>();
      for (BoundComponent<Metric> metric : composed.metrics()) {
        int times = seen.merge(metric.origin().name(), 1, Integer::sum);
        String name = metric.origin().name() + (times == 1 ? "" : "-" + times);
        judge(metric, samples, run, cache.resolve(name))
            .forEach((figure, value) -> figures.put(name + "/" + figure, value));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    EvaluationResult evaluation = new EvaluationResult(run.step(), count, seed, seconds, figures);
    append(evaluation, run.folder().evaluations());
    return evaluation;
  }

  private static Map<String, Double> judge(
      BoundComponent<Metric> metric, NDArray samples, TrainedRun run, Path cache) {
    ComposedRecipe composed = run.composed();
    String label = metric.origin().label();
    try (NDManager manager = NDManager.newBaseManager()) {
      Files.createDirectories(cache);
      return metric
          .component()
          .evaluate(
              new MetricInput(
                  samples,
                  composed.graph().composition().dataset().component(),
                  run.session().trained(manager, composed.settings().seed()),
                  manager,
                  new RandomStreams(composed.settings().seed()),
                  cache));
    } catch (IOException e) {
      throw new RunException("cannot keep what " + label + " computes: " + ErrorText.of(e), e);
    } catch (UnusableComponentException e) {
      throw new RunException(label + " cannot judge this run: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      String said = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new RunException(label + " of " + metric.origin().bundle() + " failed: " + said, e);
    }
  }

  private static void append(EvaluationResult evaluation, Path file) {
    try (JsonLines lines = JsonLines.append(file)) {
      lines.add(RunRecords.evaluation(evaluation));
    } catch (IOException e) {
      throw new RunException("cannot write the evaluation to " + file + ": " + ErrorText.of(e), e);
    }
  }
}
