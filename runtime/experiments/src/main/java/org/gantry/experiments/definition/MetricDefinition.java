package org.gantry.experiments.definition;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.runs.MetricCurve;

/**
 * Defines a metric: how to get one number from a training.
 *
 * @param reduction how a curve becomes a number; empty for a figure of the evaluation
 * @param name the name of the figure, such as {@code mode-coverage/modes}, or of a metric for its
 *     first figure; with a reduction, the name of the term or watched value
 * @param position where the experiment declares it
 */
public record MetricDefinition(
    Optional<CurveReduction> reduction, String name, SourcePosition position) {

  private static final Pattern REDUCED = Pattern.compile("([a-z]+)\\(\\s*(\\S+)\\s*\\)");

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
      return figure(figures.keySet()).map(figures::get).orElse(Double.NaN);
    }
    MetricCurve curve = curves.get(name);
    return curve == null || curve.points().isEmpty()
        ? Double.NaN
        : reduction
            .get()
            .apply(curve.points().stream().map(MetricCurve.CurvePoint::value).toList());
  }

  /** Returns the figure that the definition names, among those of an evaluation in their order. */
  public Optional<String> figure(Collection<String> figures) {
    return figures.contains(name)
        ? Optional.of(name)
        : figures.stream().filter(figure -> isMetricOf(name, figure)).findFirst();
  }

  /** Whether a figure belongs to a metric; a figure of a use of the networks has its name first. */
  private static boolean isMetricOf(String metric, String figure) {
    return figure.startsWith(metric + "/") && figure.indexOf('/', metric.length() + 1) < 0;
  }

  /**
   * Reads a definition.
   *
   * @param text a figure such as {@code mode-coverage/modes}, or {@code last(NAME)} of a term or
   *     watched value
   * @return empty if the text names an unknown function, which is a problem
   */
  public static Optional<MetricDefinition> read(
      String text, SourcePosition position, ProblemCollector problems) {
    Matcher reduced = REDUCED.matcher(text);
    if (!reduced.matches()) {
      return Optional.of(new MetricDefinition(Optional.empty(), text, position));
    }
    List<String> known =
        Arrays.stream(CurveReduction.values())
            .map(reduction -> reduction.name().toLowerCase(Locale.ROOT))
            .toList();
    if (known.contains(reduced.group(1))) {
      CurveReduction reduction = CurveReduction.valueOf(reduced.group(1).toUpperCase(Locale.ROOT));
      return Optional.of(new MetricDefinition(Optional.of(reduction), reduced.group(2), position));
    }
    problems.add(
        position,
        "There is no function " + MessageText.quoted(reduced.group(1)) + ".",
        NearestName.suggestion(reduced.group(1), known)
            + "Functions: "
            + MessageText.quoted(known, "and")
            + ".");
    return Optional.empty();
  }
}
