package org.gantry.charts;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Draws how values are distributed, in a column for each series. A column has a dot for each value,
 * from the lowest to the highest, a pale line at their mean and perhaps a line at a reference.
 */
public final class DistributionChart {

  private static final SeriesStyle REFERENCE = new SeriesStyle(new ChartColour(0xE06C1F, 1), false);
  private static final double REACH = 0.4;
  private static final double DOT = 7;
  private static final double MEAN_OPACITY = 0.4;

  private DistributionChart() {}

  /**
   * Creates the chart.
   *
   * @param title the name of the value
   * @param values the values of each series, by its name; values that are not finite are left out
   * @param references a published value for some of the series, by name
   * @param logarithmic whether equal ratios have equal heights
   */
  public static Chart of(
      String title,
      Map<String, List<Double>> values,
      Map<String, Double> references,
      boolean logarithmic) {
    List<String> names = List.copyOf(values.keySet());
    DoubleStream all =
        DoubleStream.concat(
            values.values().stream().flatMap(List::stream).mapToDouble(v -> v),
            references.values().stream().mapToDouble(v -> v));
    Chart chart = new Chart(title, ChartAxis.categories(names), ChartAxis.fitted(all, logarithmic));
    for (int i = 0; i < names.size(); i++) {
      ChartColour colour = SeriesStyle.of(i).colour();
      Double reference = references.get(names.get(i));
      if (reference != null) {
        chart.addLine(across(i, reference), REFERENCE);
      }
      List<Double> sorted =
          values.get(names.get(i)).stream().filter(Double::isFinite).sorted().toList();
      OptionalDouble mean = sorted.stream().mapToDouble(v -> v).average();
      if (mean.isPresent()) {
        SeriesStyle pale = new SeriesStyle(colour.withOpacity(MEAN_OPACITY), false);
        chart.addLine(across(i, mean.getAsDouble()), pale);
      }
      for (int rank = 0; rank < sorted.size(); rank++) {
        double place = (rank + 0.5) / sorted.size() * 2 - 1;
        chart.addDot(i + place * REACH, sorted.get(rank), DOT, colour);
      }
    }
    return chart;
  }

  private static List<ChartPoint> across(int column, double value) {
    return List.of(
        new ChartPoint(column - REACH - 0.05, value), new ChartPoint(column + REACH + 0.05, value));
  }
}
