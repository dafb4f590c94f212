package org.gantry.experiments;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.experiments.Series.Trial;
import org.gantry.experiments.internal.CurvePanel;
import org.gantry.experiments.internal.DistributionPanel;
import org.gantry.runs.MetricCurve;
import org.gantry.runs.RunFolder;

/**
 * What there is to see of an experiment: the last samples of each variant under the first seed, and
 * the charts that it asks for.
 */
public final class Figure {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+([eE][-+]?[0-9]+)?");

  private Figure() {}

  /**
   * Draws what is known of a series.
   *
   * @return a PNG; empty if there is nothing to see
   */
  public static Optional<byte[]> png(Series series, Results results) throws IOException {
    Experiment experiment = results.experiment();
    Montage montage = new Montage();
    for (Variant variant : experiment.variants()) {
      if (!variant.points().isEmpty()) {
        long seed = experiment.seeds().get(0);
        montage.add(variant.label(), series.run(new Trial(variant, variant.points().get(0), seed)));
      }
    }
    for (Chart chart : experiment.charts()) {
      panel(chart, series, results).ifPresent(montage::add);
    }
    return montage.png();
  }

  private static Optional<BufferedImage> panel(Chart chart, Series series, Results results) {
    if (chart.content() == Chart.Content.CURVE) {
      Map<String, List<MetricCurve>> curves = curves(chart.of(), series, results);
      return curves.isEmpty()
          ? Optional.empty()
          : Optional.of(CurvePanel.draw(chart, curves, Montage.HALF, Montage.LOW));
    }
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (Variant variant : results.experiment().variants()) {
      List<Outcome> own = results.of(variant);
      if (!own.isEmpty()) {
        values.put(variant.label(), own.stream().map(o -> o.values().get(chart.of())).toList());
      }
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            DistributionPanel.draw(
                chart,
                values,
                published(results.experiment(), chart.of()),
                Montage.HALF,
                Montage.LOW));
  }

  /** What was published of variants, by their labels. */
  private static Map<String, Double> published(Experiment experiment, String metric) {
    Map<String, Double> published = new LinkedHashMap<>();
    for (Experiment.Published row : experiment.published()) {
      Matcher number = NUMBER.matcher(row.values().getOrDefault(metric, ""));
      if (row.variant().isPresent() && number.lookingAt()) {
        published.put(row.variant().get(), Double.parseDouble(number.group()));
      }
    }
    return published;
  }

  private static Map<String, List<MetricCurve>> curves(
      String name, Series series, Results results) {
    Map<String, List<MetricCurve>> curves = new LinkedHashMap<>();
    for (Trial trial : series.trials()) {
      boolean over =
          results.outcomes().stream()
              .anyMatch(o -> o.point().equals(trial.point().name()) && o.seed() == trial.seed());
      MetricCurve curve = over ? RunFolder.open(series.run(trial)).curves().get(name) : null;
      if (curve != null) {
        curves.computeIfAbsent(trial.variant().label(), v -> new ArrayList<>()).add(curve);
      }
    }
    return curves;
  }
}
