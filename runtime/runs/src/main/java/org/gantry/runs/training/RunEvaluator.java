package org.gantry.runs.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.host.support.ErrorText;
import org.gantry.metric.Metric;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.RunException;
import org.gantry.runs.internal.samples.SampleDrawer;
import org.gantry.runs.internal.store.JsonLines;
import org.gantry.tensor.RandomStreams;
import org.gantry.training.BoundComponent;

/**
 * Evaluates a trained run with the metrics of its recipe.
 *
 * @param cache where metrics cache what is expensive to compute
 */
record RunEvaluator(TrainedRun run, Path cache) {

  /** Draws samples, evaluates them, and appends the result to the evaluations of the run. */
  EvaluationResult evaluate(int count) {
    if (count < 1) {
      throw new RunException("the number of samples to evaluate must be at least 1, not " + count);
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
              manager, run.session()::trainedModel, composed.sampler(), count, seed);
      Map<String, Integer> uses = new HashMap<>();
      for (BoundComponent<Metric> metric : composed.metrics()) {
        int use = uses.merge(metric.origin().name(), 1, Integer::sum);
        String name = metric.origin().name() + (use == 1 ? "" : "-" + use);
        evaluate(metric, samples, cache.resolve(name))
            .forEach((figure, value) -> figures.put(name + "/" + figure, value));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    EvaluationResult result = new EvaluationResult(run.step(), count, seed, seconds, figures);
    append(result, run.folder().evaluations());
    return result;
  }

  private Map<String, Double> evaluate(
      BoundComponent<Metric> metric, NDArray samples, Path metricCache) {
    ComposedRecipe composed = run.composed();
    String label = metric.origin().label();
    try (NDManager manager = NDManager.newBaseManager()) {
      Files.createDirectories(metricCache);
      return metric
          .component()
          .evaluate(
              new MetricInput(
                  samples,
                  composed.graph().composition().dataset().component(),
                  run.session().trainedModel(manager, composed.settings().seed()),
                  manager,
                  new RandomStreams(composed.settings().seed()),
                  metricCache));
    } catch (IOException e) {
      throw new RunException("cannot write the cache of " + label + ": " + ErrorText.of(e), e);
    } catch (UnusableComponentException e) {
      throw new RunException(label + " cannot evaluate this run: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new RunException(label + " of " + metric.origin().bundle() + " failed: " + reason, e);
    }
  }

  private static void append(EvaluationResult result, Path file) {
    try {
      JsonLines.append(file, result.toJson());
    } catch (IOException e) {
      throw new RunException("cannot write the evaluation to " + file + ": " + ErrorText.of(e), e);
    }
  }
}
