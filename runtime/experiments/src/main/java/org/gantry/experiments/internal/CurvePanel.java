package org.gantry.experiments.internal;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gantry.experiments.ChartSpec;
import org.gantry.runs.MetricCurve;
import org.gantry.runs.plot.Axis;
import org.gantry.runs.plot.Plot;
import org.gantry.runs.plot.Range;

/** A value over the steps: of each variant the mean, in a band from its least to its greatest. */
public final class CurvePanel {

  private static final int BINS = 120;

  /** What the trainings of a variant have at one time. */
  private record Moment(double step, double least, double mean, double greatest) {}

  private CurvePanel() {}

  /**
   * Draws.
   *
   * @param curves of the trainings of each variant, by its label
   */
  public static BufferedImage draw(
      ChartSpec chart, Map<String, List<MetricCurve>> curves, int width, int height) {
    double last =
        curves.values().stream()
            .flatMap(List::stream)
            .flatMap(c -> c.points().stream())
            .mapToDouble(MetricCurve.CurvePoint::step)
            .max()
            .orElse(1);
    Map<String, List<Moment>> moments = new LinkedHashMap<>();
    curves.forEach((label, all) -> moments.put(label, moments(all, last)));
    List<Double> values =
        moments.values().stream()
            .flatMap(List::stream)
            .flatMap(m -> Stream.of(m.least(), m.greatest()))
            .toList();
    Plot plot =
        new Plot(
            width,
            height,
            Axis.linear(new Range(0, last)),
            Extent.axis(values, chart.logarithmic()),
            chart.valueName());
    int variant = 0;
    for (Map.Entry<String, List<Moment>> each : moments.entrySet()) {
      Color colour = Colours.of(variant);
      List<Moment> all = each.getValue();
      plot.band(
          all.stream().map(m -> new double[] {m.step(), m.least()}).toList(),
          all.stream().map(m -> new double[] {m.step(), m.greatest()}).toList(),
          Colours.pale(colour));
      plot.line(all.stream().map(m -> new double[] {m.step(), m.mean()}).toList(), colour);
      plot.key(variant++, each.getKey(), colour);
    }
    return plot.finish();
  }

  /**
   * The trainings at each of a number of times. A training counts with the mean of what it logged
   * around that time; values that are not finite are left out.
   */
  private static List<Moment> moments(List<MetricCurve> curves, double last) {
    Map<Integer, List<Double>> bins = new TreeMap<>();
    for (MetricCurve curve : curves) {
      Map<Integer, List<Double>> own = new TreeMap<>();
      for (MetricCurve.CurvePoint point : curve.points()) {
        if (Double.isFinite(point.value())) {
          int bin = (int) Math.min(BINS - 1.0, point.step() / last * BINS);
          own.computeIfAbsent(bin, b -> new ArrayList<>()).add(point.value());
        }
      }
      own.forEach(
          (bin, values) ->
              bins.computeIfAbsent(bin, b -> new ArrayList<>())
                  .add(values.stream().mapToDouble(v -> v).average().orElseThrow()));
    }
    List<Moment> moments = new ArrayList<>();
    bins.forEach(
        (bin, values) -> {
          var all = values.stream().mapToDouble(v -> v).summaryStatistics();
          double step = (bin + 0.5) * last / BINS;
          moments.add(new Moment(step, all.getMin(), all.getAverage(), all.getMax()));
        });
    return moments;
  }
}
