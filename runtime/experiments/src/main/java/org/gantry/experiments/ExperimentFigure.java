package org.gantry.experiments;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gantry.charts.Chart;
import org.gantry.charts.ChartPoint;
import org.gantry.charts.CurveChart;
import org.gantry.charts.CurveSeries;
import org.gantry.charts.DistributionChart;
import org.gantry.charts.PictureSheet;
import org.gantry.charts.PngEncoder;
import org.gantry.experiments.TrialSeries.ExperimentTrial;
import org.gantry.experiments.definition.ChartSpec;
import org.gantry.experiments.definition.Experiment;
import org.gantry.experiments.definition.Variant;
import org.gantry.runs.MetricCurve;
import org.gantry.runs.RunFolder;

/**
 * Draws an experiment: the last samples of each variant under the first seed, then the charts that
 * the experiment asks for.
 */
public final class ExperimentFigure {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+([eE][-+]?[0-9]+)?");

  private ExperimentFigure() {}

  /**
   * Draws the results of the finished trainings.
   *
   * @return the bytes of a PNG file; empty if there are neither samples nor values
   * @throws IOException if a picture of samples cannot be read
   */
  public static Optional<byte[]> png(TrialSeries series, ExperimentResults results)
      throws IOException {
    Experiment experiment = results.experiment();
    PictureSheet sheet = new PictureSheet();
    for (Variant variant : experiment.variants()) {
      if (!variant.points().isEmpty()) {
        long seed = experiment.seeds().get(0);
        Path run = series.run(new ExperimentTrial(variant, variant.points().get(0), seed));
        lastSamples(run).ifPresent(picture -> sheet.add(variant.label(), picture));
      }
    }
    for (ChartSpec spec : experiment.charts()) {
      chart(spec, series, results).ifPresent(sheet::add);
    }
    return sheet.isEmpty() ? Optional.empty() : Optional.of(PngEncoder.encode(sheet.image()));
  }

  private static Optional<BufferedImage> lastSamples(Path run) throws IOException {
    Path samples = run.resolve("samples");
    if (!Files.isDirectory(samples)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(samples)) {
      Optional<Path> last = files.filter(f -> f.toString().endsWith(".png")).max(Path::compareTo);
      return last.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(ImageIO.read(last.get().toFile()));
    }
  }

  private static Optional<Chart> chart(
      ChartSpec spec, TrialSeries series, ExperimentResults results) {
    if (spec.type() == ChartSpec.ChartType.CURVE) {
      List<CurveSeries> curves = curves(spec.valueName(), series, results);
      return curves.isEmpty()
          ? Optional.empty()
          : Optional.of(CurveChart.of(spec.valueName(), curves, spec.logarithmic()));
    }
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (Variant variant : results.experiment().variants()) {
      List<TrialOutcome> own = results.outcomesOf(variant);
      if (!own.isEmpty()) {
        values.put(
            variant.label(), own.stream().map(o -> o.values().get(spec.valueName())).toList());
      }
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            DistributionChart.of(
                spec.valueName(),
                values,
                published(results.experiment(), spec.valueName()),
                spec.logarithmic()));
  }

  /** Returns the published values of variants, by label. */
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

  private static List<CurveSeries> curves(
      String name, TrialSeries series, ExperimentResults results) {
    Map<String, List<List<ChartPoint>>> curves = new LinkedHashMap<>();
    for (ExperimentTrial trial : series.trials()) {
      boolean finished =
          results.outcomes().stream()
              .anyMatch(o -> o.point().equals(trial.point().name()) && o.seed() == trial.seed());
      MetricCurve curve = finished ? RunFolder.open(series.run(trial)).curves().get(name) : null;
      if (curve != null) {
        curves
            .computeIfAbsent(trial.variant().label(), v -> new ArrayList<>())
            .add(curve.chartPoints());
      }
    }
    return curves.entrySet().stream()
        .map(each -> new CurveSeries(each.getKey(), each.getValue()))
        .toList();
  }
}
