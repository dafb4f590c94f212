package org.gantry.experiments.internal;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.gantry.experiments.ChartSpec;
import org.gantry.runs.plot.Axis;
import org.gantry.runs.plot.Plot;

/**
 * The values of a metric, a column for each variant: a dot for each training, from the least to the
 * greatest, a line at their mean, and a line at what was published of the variant.
 */
public final class DistributionPanel {

  private static final double REACH = 0.4;
  private static final double DOT = 7;

  private DistributionPanel() {}

  /**
   * Draws.
   *
   * @param values of the trainings of each variant, by its label; NaN where there is none
   * @param published by the label of the variant that it is to be held against
   */
  public static BufferedImage draw(
      ChartSpec chart,
      Map<String, List<Double>> values,
      Map<String, Double> published,
      int width,
      int height) {
    List<String> labels = List.copyOf(values.keySet());
    List<Double> all = new ArrayList<>(published.values());
    values.values().forEach(all::addAll);
    Plot plot =
        new Plot(
            width,
            height,
            Axis.named(labels),
            Extent.axis(all, chart.logarithmic()),
            chart.valueName());
    for (int i = 0; i < labels.size(); i++) {
      Color colour = Colours.of(i);
      Double other = published.get(labels.get(i));
      if (other != null) {
        plot.line(across(i, other), Colours.PUBLISHED);
      }
      List<Double> sorted =
          values.get(labels.get(i)).stream().filter(Double::isFinite).sorted().toList();
      OptionalDouble mean = sorted.stream().mapToDouble(v -> v).average();
      if (mean.isPresent()) {
        plot.line(across(i, mean.getAsDouble()), Colours.pale(colour));
      }
      for (int rank = 0; rank < sorted.size(); rank++) {
        double place = (rank + 0.5) / sorted.size() * 2 - 1;
        plot.dot(i + place * REACH, sorted.get(rank), DOT, colour);
      }
    }
    return plot.finish();
  }

  private static List<double[]> across(int column, double value) {
    return List.of(
        new double[] {column - REACH - 0.05, value}, new double[] {column + REACH + 0.05, value});
  }
}
