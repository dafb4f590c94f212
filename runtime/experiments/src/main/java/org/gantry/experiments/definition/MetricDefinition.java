package org.gantry.experiments.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.runs.MetricCurve;

/**
 * Defines a metric: how to get one number from a training.
 *
 * @param reduction how a curve becomes a number; empty for a figure of the evaluation
 * @param name the name of the figure, such as {@code mode-coverage/modes}, or of the term or
 *     watched value
 * @param position where the experiment declares it
 */
public record MetricDefinition(
    Optional<CurveReduction> reduction, String name, SourcePosition position) {

  /** Reduces the logged values of a training to one number. */
  public enum CurveReduction {
    /** The first value. */
    FIRST,
    /** The last value. */
    LAST,
    /** The mean of the last tenth of the values. */
    TAIL,
    /** The mean. */
    MEAN,
    /** The minimum. */
    MIN,
    /** The maximum. */
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
   * Extracts the number from a training.
   *
   * @param figures the figures of the evaluation, by name
   * @param curves the curves of terms and watched values, by name
   * @return NaN if the training has no such value
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
