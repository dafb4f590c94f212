package org.gantry.runs.internal.samples;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.gantry.charts.Chart;
import org.gantry.charts.ChartAxis;
import org.gantry.charts.ChartColour;
import org.gantry.charts.ValueRange;
import org.gantry.data.MixtureDataset;

/** Draws samples of one or two numbers. */
final class PointChart {

  private static final ChartColour SAMPLE = new ChartColour(0x1F5FBF, 0x90 / 255.0);
  private static final ChartColour MODE = new ChartColour(0xE06C1F, 1);
  private static final double DOT = 3;
  private static final int BARS = 40;
  private static final double MARGIN = 0.25;

  /** Sizes that leave a square for the data. */
  private static final int WIDTH = 480;

  private static final int HEIGHT = 472;

  private PointChart() {}

  /**
   * Draws samples in the plane as dots. For a mixture it also draws a ring of two standard
   * deviations around each mode. The axes cover the data with a margin of a quarter and ignore the
   * samples, so that the pictures of a run are comparable. The title counts the samples outside.
   *
   * @param samples of shape (2)
   */
  static BufferedImage scatter(SampleValues samples, Optional<MixtureDataset> mixture) {
    ValueRange range = mixture.map(PointChart::rangeOf).orElseGet(() -> rangeOf(samples));
    int outside = 0;
    for (int i = 0; i < samples.count(); i++) {
      if (!range.contains(samples.at(i, 0)) || !range.contains(samples.at(i, 1))) {
        outside++;
      }
    }
    Chart chart =
        new Chart(
            title(samples.count(), outside), ChartAxis.linear(range), ChartAxis.linear(range));
    for (int i = 0; i < samples.count(); i++) {
      chart.addDot(samples.at(i, 0), samples.at(i, 1), DOT, SAMPLE);
    }
    mixture.ifPresent(
        known -> {
          for (double[] centre : known.centres()) {
            chart.addRing(centre[0], centre[1], 2 * known.standardDeviation(), MODE);
          }
        });
    return chart.image(WIDTH, HEIGHT);
  }

  /**
   * Draws a histogram with 40 bars.
   *
   * @param samples of one value each
   */
  static BufferedImage histogram(SampleValues samples) {
    ValueRange range = rangeOf(samples);
    int[] counts = new int[BARS];
    int outside = 0;
    for (int i = 0; i < samples.count(); i++) {
      float value = samples.at(i, 0);
      if (range.contains(value)) {
        counts[Math.min(BARS - 1, (int) (BARS * range.fraction(value)))]++;
      } else {
        outside++;
      }
    }
    int highest = Math.max(1, Arrays.stream(counts).max().orElse(1));
    Chart chart =
        new Chart(
            title(samples.count(), outside),
            ChartAxis.linear(range),
            ChartAxis.linear(new ValueRange(0, 1.05 * highest)));
    double width = (range.high() - range.low()) / BARS;
    for (int i = 0; i < BARS; i++) {
      double left = range.low() + i * width;
      chart.addBar(new ValueRange(left, left + width), counts[i], SAMPLE);
    }
    return chart.image(WIDTH, HEIGHT);
  }

  private static String title(int count, int outside) {
    return count + " samples" + (outside == 0 ? "" : ", " + outside + " of them outside");
  }

  private static ValueRange rangeOf(MixtureDataset mixture) {
    List<double[]> centres = mixture.centres();
    DoubleStream all = centres.stream().flatMapToDouble(DoubleStream::of);
    var extent = all.summaryStatistics();
    double spread = 3 * mixture.standardDeviation();
    return new ValueRange(extent.getMin() - spread, extent.getMax() + spread).widened(MARGIN);
  }

  /** Returns the range that the data set declares, or else the range of the finite samples. */
  private static ValueRange rangeOf(SampleValues samples) {
    if (Double.isFinite(samples.low())
        && Double.isFinite(samples.high())
        && samples.low() < samples.high()) {
      return new ValueRange(samples.low(), samples.high()).widened(MARGIN);
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < samples.count() * samples.length(); i++) {
      float value = samples.values().get(i);
      if (Float.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return low < high ? new ValueRange(low, high).widened(MARGIN) : new ValueRange(-1, 1);
  }
}
