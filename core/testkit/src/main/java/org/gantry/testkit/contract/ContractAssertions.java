package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import org.gantry.testkit.ArrayAssertions;

/** What a check says when a promise is broken. */
final class ContractAssertions {

  private ContractAssertions() {}

  /** Fails with a sentence unless something is so. */
  @SuppressWarnings("AnnotateFormatMethod")
  static void require(boolean so, String otherwise, Object... arguments) {
    if (!so) {
      throw new AssertionError(otherwise.formatted(arguments));
    }
  }

  /** Fails unless every element is finite. */
  static void requireFinite(NDArray array, String what) {
    double[] values = ArrayAssertions.toDoubles(array);
    for (int i = 0; i < values.length; i++) {
      require(Double.isFinite(values[i]), "%s has the value %s at element %d", what, values[i], i);
    }
  }

  /**
   * Fails unless two arrays agree to a tolerance, which grows with the values beyond 1.
   *
   * @param what what the arrays are, as the beginning of a sentence
   */
  static void requireClose(double tolerance, double[] expected, double[] actual, String what) {
    require(
        expected.length == actual.length,
        "%s has %d elements, not %d",
        what,
        actual.length,
        expected.length);
    for (int i = 0; i < expected.length; i++) {
      require(
          Math.abs(actual[i] - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i])),
          "%s is %s at element %d, not %s",
          what,
          actual[i],
          i,
          expected[i]);
    }
  }
}
