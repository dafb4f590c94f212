package org.gantry.runs.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of an axis.
 *
 * @param low where it begins
 * @param high where it ends; greater than low
 */
public record Range(double low, double high) {

  private static final int TICKS = 6;

  /** Whether a value lies on it. */
  public boolean holds(double value) {
    return value >= low && value <= high;
  }

  /** Where a value lies: 0 at the low end, 1 at the high one. */
  public double share(double value) {
    return (value - low) / (high - low);
  }

  /** The range with a share of its length added at both ends. */
  public Range widened(double share) {
    double more = (high - low) * share;
    return new Range(low - more, high + more);
  }

  /** Round numbers on it, at most six, a step of 1, 2 or 5 times a power of ten apart. */
  public List<Double> ticks() {
    double least = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double step = 10 * power;
    for (int factor : new int[] {5, 2, 1}) {
      if (factor * power >= least) {
        step = factor * power;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }
}
