package org.gantry.runs.training;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.host.support.ErrorText;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.MetricEvaluation;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.RunException;
import org.gantry.runs.internal.samples.DrawnSamples;
import org.gantry.runs.internal.samples.SampleDrawer;
import org.gantry.runs.samples.SampleInputs;
import org.gantry.tensor.RandomStreams;
import org.gantry.training.BoundComponent;
import org.gantry.training.Session;

/**
 * Evaluates the networks of a session with the metrics of a recipe. Each metric evaluates every use
 * of the networks that it accepts.
 *
 * @param composed the recipe of the session
 * @param seed the seed of samples and metrics
 * @param cache where metrics cache what is expensive to compute
 */
record RunEvaluator(ComposedRecipe composed, Session session, long seed, Path cache) {

  /**
   * Draws samples and evaluates them.
   *
   * @throws RunException if a metric cannot evaluate the samples
   */
  EvaluationResult evaluate(int count) {
    if (count < 1) {
      throw new RunException("the number of samples to evaluate must be at least 1, not " + count);
    }
    long start = System.nanoTime();
    Map<String, Double> figures = new LinkedHashMap<>();
    Map<String, Integer> tooFew = new LinkedHashMap<>();
    requireAccepted();
    Map<MetricSubject, List<MetricEvaluation>> bySubject = new LinkedHashMap<>();
    composed
        .evaluations()
        .forEach(e -> bySubject.computeIfAbsent(e.subject(), s -> new ArrayList<>()).add(e));
    bySubject.forEach(
        (subject, evaluations) ->
            evaluate(subject, evaluations, count)
                .forEach(
                    (name, result) -> {
                      result.figures().forEach((f, value) -> figures.put(name + "/" + f, value));
                      result.tooFew().ifPresent(least -> tooFew.put(name, least));
                    }));
    double seconds = (System.nanoTime() - start) / 1e9;
    return new EvaluationResult(session.completedSteps(), count, seed, seconds, figures, tooFew);
  }

  /** Requires that each metric accepts a use, as the check of the recipe does. */
  private void requireAccepted() {
    for (BoundComponent<Metric> metric : composed.metrics()) {
      MetricEvaluation.refusal(metric.component(), composed.graph().metricSubjects())
          .ifPresent(
              reason -> {
                throw unusable(metric, reason);
              });
    }
  }

  private static RunException unusable(
      BoundComponent<Metric> metric, UnusableComponentException reason) {
    return new RunException(
        metric.origin().label() + " cannot evaluate this run: " + reason.getMessage(), reason);
  }

  /**
   * The figures of one metric.
   *
   * @param tooFew the number of samples that it needs, if there were fewer
   */
  private record MetricResult(Map<String, Double> figures, Optional<Integer> tooFew) {}

  private Map<String, MetricResult> evaluate(
      MetricSubject subject, List<MetricEvaluation> evaluations, int count) {
    Map<String, MetricResult> results = new LinkedHashMap<>();
    try (NDManager manager = session.device().newManager()) {
      DrawnSamples drawn =
          SampleDrawer.drawInChunks(
              manager,
              session::trainedModel,
              composed.sampler(),
              SampleInputs.fromData(subject.use().name()),
              count,
              seed);
      for (MetricEvaluation evaluation : evaluations) {
        Path metricCache = cache.resolve(evaluation.cacheName());
        results.put(evaluation.name(), evaluate(evaluation.metric(), subject, drawn, metricCache));
      }
    }
    return results;
  }

  private MetricResult evaluate(
      BoundComponent<Metric> metric, MetricSubject subject, DrawnSamples drawn, Path metricCache) {
    String label = metric.origin().label();
    try (NDManager manager = session.device().newManager()) {
      Files.createDirectories(metricCache);
      MetricInput input =
          new MetricInput(
              subject,
              drawn,
              session.trainedModel(manager, seed),
              manager,
              new RandomStreams(seed),
              metricCache);
      Map<String, Double> figures = metric.component().evaluate(input);
      int least = metric.component().leastSamples(subject);
      int compared = Math.min(input.sampleCount(), metric.component().realSamples(subject));
      return new MetricResult(figures, Optional.of(least).filter(n -> compared < n));
    } catch (IOException e) {
      throw new RunException("cannot write the cache of " + label + ": " + ErrorText.of(e), e);
    } catch (UnusableComponentException e) {
      throw unusable(metric, e);
    } catch (RuntimeException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new RunException(label + " of " + metric.origin().bundle() + " failed: " + reason, e);
    }
  }
}
