package org.gantry.runs.internal;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.gantry.data.MixtureDataset;
import org.gantry.runs.plot.Plot;
import org.gantry.runs.plot.Range;

/** Samples that are numbers, drawn over what is known of the data. */
final class PointPlot {

  private static final Color SAMPLE = new Color(0x1F, 0x5F, 0xBF, 0x90);
  private static final Color MODE = new Color(0xE0, 0x6C, 0x1F);
  private static final int BARS = 40;
  private static final double MARGIN = 0.25;

  private PointPlot() {}

  /**
   * Draws samples in the plane: a dot for each and, where the data are a mixture, a ring of two
   * standard deviations around each mode. Both axes cover the data with a quarter to spare,
   * whatever the samples do, so that pictures of one run can be compared; the title counts what
   * lies outside.
   *
   * @param samples of shape (2)
   */
  static BufferedImage scatter(SampleValues samples, Optional<MixtureDataset> mixture) {
    Range range = mixture.map(PointPlot::around).orElseGet(() -> covering(samples));
    int outside = 0;
    for (int i = 0; i < samples.count(); i++) {
      if (!range.holds(samples.at(i, 0)) || !range.holds(samples.at(i, 1))) {
        outside++;
      }
    }
    Plot plot = new Plot(range, range, title(samples.count(), outside));
    for (int i = 0; i < samples.count(); i++) {
      plot.dot(samples.at(i, 0), samples.at(i, 1), 3, SAMPLE);
    }
    mixture.ifPresent(
        known -> {
          for (double[] centre : known.centres()) {
            plot.ring(centre[0], centre[1], 2 * known.standardDeviation(), MODE);
          }
        });
    return plot.finish();
  }

  /**
   * Draws how samples on a line are distributed, in 40 bars.
   *
   * @param samples of one value each
   */
  static BufferedImage histogram(SampleValues samples) {
    Range range = covering(samples);
    int[] counts = new int[BARS];
    int outside = 0;
    for (int i = 0; i < samples.count(); i++) {
      float value = samples.at(i, 0);
      if (range.holds(value)) {
        counts[Math.min(BARS - 1, (int) (BARS * range.share(value)))]++;
      } else {
        outside++;
      }
    }
    int most = Math.max(1, Arrays.stream(counts).max().orElse(1));
    Plot plot = new Plot(range, new Range(0, 1.05 * most), title(samples.count(), outside));
    double width = (range.high() - range.low()) / BARS;
    for (int i = 0; i < BARS; i++) {
      double left = range.low() + i * width;
      plot.bar(new Range(left, left + width), counts[i], SAMPLE);
    }
    return plot.finish();
  }

  private static String title(int count, int outside) {
    return count + " samples" + (outside == 0 ? "" : ", " + outside + " of them outside");
  }

  private static Range around(MixtureDataset mixture) {
    List<double[]> centres = mixture.centres();
    DoubleStream all = centres.stream().flatMapToDouble(DoubleStream::of);
    var extent = all.summaryStatistics();
    double spread = 3 * mixture.standardDeviation();
    return new Range(extent.getMin() - spread, extent.getMax() + spread).widened(MARGIN);
  }

  /** What the data set states of its values or, where it states nothing finite, what occurs. */
  private static Range covering(SampleValues samples) {
    if (Double.isFinite(samples.low())
        && Double.isFinite(samples.high())
        && samples.low() < samples.high()) {
      return new Range(samples.low(), samples.high()).widened(MARGIN);
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
    return low < high ? new Range(low, high).widened(MARGIN) : new Range(-1, 1);
  }
}
