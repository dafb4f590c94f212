package org.gantry.charts;

import java.util.ArrayList;
import java.util.List;

/**
 * A closed interval of values.
 *
 * @param low the lower end
 * @param high the upper end; greater than {@code low}
 */
public record ValueRange(double low, double high) {

  private static final int MAX_TICKS = 6;

  /** Returns whether the interval contains a value. */
  public boolean contains(double value) {
    return value >= low && value <= high;
  }

  /** Returns where a value lies: 0 at the lower end, 1 at the upper end. */
  public double fraction(double value) {
    return (value - low) / (high - low);
  }

  /** Returns the interval, longer at both ends by a fraction of its length. */
  public ValueRange widened(double fraction) {
    double margin = (high - low) * fraction;
    return new ValueRange(low - margin, high + margin);
  }

  /**
   * Returns round values in the interval. They lie 1, 2 or 5 times a power of ten apart, so that
   * the interval has at most six such steps.
   */
  public List<Double> ticks() {
    double minStep = (high - low) / MAX_TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(minStep)));
    double step = 10 * power;
    for (int factor : new int[] {5, 2, 1}) {
      if (factor * power >= minStep) {
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
