package org.gantry.experiments.internal;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.gantry.runs.plot.Axis;
import org.gantry.runs.plot.Range;

/** The axis that values need. */
final class Extent {

  private static final double MARGIN = 0.05;

  private Extent() {}

  /**
   * An axis on which all values lie that are finite and, where it is logarithmic, greater than
   * zero.
   */
  static Axis axis(List<Double> values, boolean logarithmic) {
    DoubleSummaryStatistics shown =
        values.stream()
            .mapToDouble(v -> v)
            .filter(v -> Double.isFinite(v) && (!logarithmic || v > 0))
            .map(v -> logarithmic ? Math.log10(v) : v)
            .summaryStatistics();
    if (shown.getCount() == 0) {
      return Axis.linear(new Range(0, 1));
    }
    double spread = shown.getMax() - shown.getMin();
    // Values that are all alike still need an axis that the numbers themselves resolve.
    double least = Math.max(1e-6, 1e-3 * Math.abs(shown.getMin()));
    Range range =
        new Range(
                shown.getMin() - (spread < least ? least : 0),
                shown.getMax() + (spread < least ? least : 0))
            .widened(MARGIN);
    return logarithmic
        ? Axis.logarithmic(new Range(Math.pow(10, range.low()), Math.pow(10, range.high())))
        : Axis.linear(range);
  }
}
