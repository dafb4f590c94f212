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
import org.gantry.experiments.TrialSeries.ExperimentTrial;
import org.gantry.experiments.internal.CurvePanel;
import org.gantry.experiments.internal.DistributionPanel;
import org.gantry.runs.MetricCurve;
import org.gantry.runs.RunFolder;

/**
 * What there is to see of an experiment: the last samples of each variant under the first seed, and
 * the charts that it asks for.
 */
public final class ExperimentFigure {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+([eE][-+]?[0-9]+)?");

  private ExperimentFigure() {}

  /**
   * Draws what is known of a series.
   *
   * @return a PNG; empty if there is nothing to see
   */
  public static Optional<byte[]> png(TrialSeries series, ExperimentResults results)
      throws IOException {
    Experiment experiment = results.experiment();
    FigureMontage montage = new FigureMontage();
    for (Variant variant : experiment.variants()) {
      if (!variant.points().isEmpty()) {
        long seed = experiment.seeds().get(0);
        montage.add(
            variant.label(),
            series.run(new ExperimentTrial(variant, variant.points().get(0), seed)));
      }
    }
    for (ChartSpec chart : experiment.charts()) {
      panel(chart, series, results).ifPresent(montage::add);
    }
    return montage.png();
  }

  private static Optional<BufferedImage> panel(
      ChartSpec chart, TrialSeries series, ExperimentResults results) {
    if (chart.type() == ChartSpec.ChartType.CURVE) {
      Map<String, List<MetricCurve>> curves = curves(chart.valueName(), series, results);
      return curves.isEmpty()
          ? Optional.empty()
          : Optional.of(CurvePanel.draw(chart, curves, FigureMontage.HALF, FigureMontage.LOW));
    }
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (Variant variant : results.experiment().variants()) {
      List<TrialOutcome> own = results.outcomesOf(variant);
      if (!own.isEmpty()) {
        values.put(
            variant.label(), own.stream().map(o -> o.values().get(chart.valueName())).toList());
      }
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            DistributionPanel.draw(
                chart,
                values,
                published(results.experiment(), chart.valueName()),
                FigureMontage.HALF,
                FigureMontage.LOW));
  }

  /** What was published of variants, by their labels. */
  private static Map<String, Double> published(Experiment experiment, String metric) {
    Map<String, Double> published = new LinkedHashMap<>();
    for (Experiment.PublishedResult row : experiment.published()) {
      Matcher number = NUMBER.matcher(row.values().getOrDefault(metric, ""));
      if (row.variant().isPresent() && number.lookingAt()) {
        published.put(row.variant().get(), Double.parseDouble(number.group()));
      }
    }
    return published;
  }

  private static Map<String, List<MetricCurve>> curves(
      String name, TrialSeries series, ExperimentResults results) {
    Map<String, List<MetricCurve>> curves = new LinkedHashMap<>();
    for (ExperimentTrial trial : series.trials()) {
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
