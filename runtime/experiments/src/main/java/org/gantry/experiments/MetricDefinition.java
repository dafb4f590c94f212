package org.gantry.experiments;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.runs.MetricCurve;

/**
 * One number of a training.
 *
 * @param reduction how a curve becomes a number; empty for a figure of the evaluation
 * @param name of the figure, such as {@code mode-coverage/modes}, or of the term or watched value
 * @param place where the experiment says so
 */
public record MetricDefinition(
    Optional<CurveReduction> reduction, String name, SourcePosition place) {

  /** How a value that was logged over a training becomes one number. */
  public enum CurveReduction {
    /** What was logged first. */
    FIRST,
    /** What was logged last. */
    LAST,
    /** The mean over the last tenth of what was logged. */
    TAIL,
    /** The mean. */
    MEAN,
    /** The least. */
    MIN,
    /** The greatest. */
    MAX;

    double apply(List<Double> values) {
      int count = values.size();
      return switch (this) {
        case FIRST -> values.get(0);
        case LAST -> values.get(count - 1);
        case TAIL ->
            all(values.subList(count - Math.max(1, count / 10), count)).average().orElseThrow();
        case MEAN -> all(values).average().orElseThrow();
        case MIN -> all(values).min().orElseThrow();
        case MAX -> all(values).max().orElseThrow();
      };
    }

    private static DoubleStream all(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue);
    }
  }

  /**
   * The number.
   *
   * @param figures of the evaluation
   * @param curves of the terms and watched values
   * @return NaN where the training has no such value
   */
  public double extract(Map<String, Double> figures, Map<String, MetricCurve> curves) {
    if (reduction.isEmpty()) {
      return figures.getOrDefault(name, Double.NaN);
    }
    MetricCurve curve = curves.get(name);
    return curve == null || curve.points().isEmpty()
        ? Double.NaN
        : reduction
            .get()
            .apply(curve.points().stream().map(MetricCurve.CurvePoint::value).toList());
  }
}
