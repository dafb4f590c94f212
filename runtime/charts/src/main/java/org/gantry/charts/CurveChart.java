package org.gantry.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * Draws how a value changes over the steps of trainings. A series is one training or several with
 * the same settings. Its line is the mean over its trainings, in a band from the lowest to the
 * highest.
 */
public final class CurveChart {

  /** How many parts of the steps are averaged, so that long trainings fit into a chart. */
  private static final int BINS = 200;

  private static final double BAND_OPACITY = 0.19;

  /** The diameter of a value without neighbours, in pixels. */
  private static final double DOT = 3;

  /** The values of the trainings of a series in one bin; NaN if no training has one. */
  private record BinSummary(double step, double low, double mean, double high) {}

  private CurveChart() {}

  /**
   * Creates the chart. A training has no value where one of the averaged values is not finite. A
   * line has a gap where no training of its series has a value.
   *
   * @param title the name of the value
   * @param series in the order of their colours
   * @param logarithmic whether equal ratios have equal heights
   */
  public static Chart of(String title, List<CurveSeries> series, boolean logarithmic) {
    double last =
        series.stream()
            .flatMap(each -> each.curves().stream())
            .flatMap(List::stream)
            .mapToDouble(ChartPoint::x)
            .reduce(1, Math::max);
    List<List<BinSummary>> summaries =
        series.stream().map(each -> summaries(each.curves(), last)).toList();
    DoubleStream values =
        summaries.stream()
            .flatMap(List::stream)
            .flatMapToDouble(bin -> DoubleStream.of(bin.low(), bin.high()));
    Chart chart =
        new Chart(
            title,
            ChartAxis.linear(new ValueRange(0, last)),
            ChartAxis.fitted(values, logarithmic));
    for (int i = 0; i < series.size(); i++) {
      if (!summaries.get(i).isEmpty()) {
        chart.addLegend(series.get(i).name(), SeriesStyle.of(i));
      }
      for (List<BinSummary> piece : pieces(summaries.get(i))) {
        add(piece, SeriesStyle.of(i), series.get(i).curves().size() > 1, chart);
      }
    }
    return chart;
  }

  private static void add(List<BinSummary> piece, SeriesStyle style, boolean band, Chart chart) {
    if (piece.size() == 1) {
      chart.addDot(piece.get(0).step(), piece.get(0).mean(), DOT, style.colour());
      return;
    }
    if (band) {
      chart.addBand(
          piece.stream().map(bin -> new ChartPoint(bin.step(), bin.low())).toList(),
          piece.stream().map(bin -> new ChartPoint(bin.step(), bin.high())).toList(),
          style.colour().withOpacity(BAND_OPACITY));
    }
    chart.addLine(
        piece.stream().map(bin -> new ChartPoint(bin.step(), bin.mean())).toList(), style);
  }

  private static List<BinSummary> summaries(List<List<ChartPoint>> curves, double last) {
    Map<Integer, List<ChartPoint>> means = new TreeMap<>();
    for (List<ChartPoint> curve : curves) {
      Map<Integer, List<ChartPoint>> bins = new TreeMap<>();
      for (ChartPoint point : curve) {
        int bin = (int) Math.min(BINS - 1.0, point.x() / last * BINS);
        bins.computeIfAbsent(bin, b -> new ArrayList<>()).add(point);
      }
      bins.forEach(
          (bin, points) -> means.computeIfAbsent(bin, b -> new ArrayList<>()).add(mean(points)));
    }
    return means.values().stream().map(CurveChart::summary).toList();
  }

  private static ChartPoint mean(List<ChartPoint> points) {
    return new ChartPoint(
        points.stream().mapToDouble(ChartPoint::x).average().orElseThrow(),
        points.stream().mapToDouble(ChartPoint::y).average().orElseThrow());
  }

  private static BinSummary summary(List<ChartPoint> means) {
    double step = mean(means).x();
    var values =
        means.stream().mapToDouble(ChartPoint::y).filter(Double::isFinite).summaryStatistics();
    return values.getCount() == 0
        ? new BinSummary(step, Double.NaN, Double.NaN, Double.NaN)
        : new BinSummary(step, values.getMin(), values.getAverage(), values.getMax());
  }

  /** Divides a series where it has no value. */
  private static List<List<BinSummary>> pieces(List<BinSummary> bins) {
    List<List<BinSummary>> pieces = new ArrayList<>();
    boolean gap = true;
    for (BinSummary bin : bins) {
      if (Double.isNaN(bin.mean())) {
        gap = true;
        continue;
      }
      if (gap) {
        pieces.add(new ArrayList<>());
        gap = false;
      }
      pieces.get(pieces.size() - 1).add(bin);
    }
    return pieces;
  }
}
