package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.gantry.testkit.ArrayAssertions;

/** Assertions of contract checks. Their messages are sentences about the component. */
final class ContractAssertions {

  private ContractAssertions() {}

  /** Fails with a formatted message unless a condition is true. */
  @SuppressWarnings("AnnotateFormatMethod")
  static void require(boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw new AssertionError(message.formatted(arguments));
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
   * Fails unless two arrays agree.
   *
   * @param tolerance absolute for expected values up to 1, relative for larger ones
   * @param what the arrays, as the subject of a sentence
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

  /**
   * Fails if an action leaves arrays with a manager.
   *
   * @param times how often to repeat the action after a first time
   * @param actions what the repeated actions are, such as {@code updates}
   */
  static void requireNoLeak(NDManager manager, int times, String actions, Runnable action) {
    action.run();
    int before = manager.getManagedArrays().size();
    for (int i = 0; i < times; i++) {
      action.run();
    }
    int left = manager.getManagedArrays().size() - before;
    require(left == 0, "%d %s leave %d arrays behind", times, actions, left);
  }

  /** Fails unless a player has a term among the values that a step reported. */
  static void requireTerm(String player, Map<String, Double> reported) {
    require(
        reported.keySet().stream().anyMatch(term -> term.startsWith(player + "/")),
        "the player %s has no term; the terms are %s",
        player,
        reported.keySet());
  }
}
