package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import org.gantry.testkit.Numbers;

/** What a check says when a promise is broken. */
final class Expect {

  private Expect() {}

  /** Fails with a sentence unless something is so. */
  @SuppressWarnings("AnnotateFormatMethod")
  static void that(boolean so, String otherwise, Object... arguments) {
    if (!so) {
      throw new AssertionError(otherwise.formatted(arguments));
    }
  }

  /** Fails unless every element is finite. */
  static void finite(NDArray array, String what) {
    double[] values = Numbers.doubles(array);
    for (int i = 0; i < values.length; i++) {
      that(Double.isFinite(values[i]), "%s has the value %s at element %d", what, values[i], i);
    }
  }

  /**
   * Fails unless two arrays agree to a tolerance, which grows with the values beyond 1.
   *
   * @param what what the arrays are, as the beginning of a sentence
   */
  static void close(double tolerance, double[] expected, double[] actual, String what) {
    that(
        expected.length == actual.length,
        "%s has %d elements, not %d",
        what,
        actual.length,
        expected.length);
    for (int i = 0; i < expected.length; i++) {
      that(
          Math.abs(actual[i] - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i])),
          "%s is %s at element %d, not %s",
          what,
          actual[i],
          i,
          expected[i]);
    }
  }
}
