package org.gantry.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.function.UnaryOperator;
import org.gantry.tensor.Autograd;

/** Assertions about arrays, and about gradients of functions of arrays. */
public final class ArrayAssertions {

  private ArrayAssertions() {}

  /**
   * Asserts that each element is within the tolerance of the expected one.
   *
   * @param tolerance the largest absolute difference
   * @param expected the expected elements, in row-major order
   */
  public static void assertClose(double tolerance, NDArray actual, double... expected) {
    double[] values = toDoubles(actual);
    if (values.length != expected.length) {
      throw new AssertionError(
          "expected %d elements, found %d".formatted(expected.length, values.length));
    }
    for (int i = 0; i < expected.length; i++) {
      assertClose(tolerance, expected[i], values[i], "element " + i);
    }
  }

  private static void assertClose(double tolerance, double expected, double actual, String what) {
    // Negated so that a NaN fails.
    if (expected != actual && !(Math.abs(expected - actual) <= tolerance)) {
      throw new AssertionError("%s: expected %s, found %s".formatted(what, expected, actual));
    }
  }

  /** Returns the elements in row-major order. */
  public static double[] toDoubles(NDArray array) {
    if (array.getDataType() == DataType.FLOAT64) {
      return array.toDoubleArray();
    }
    float[] floats = array.toFloatArray();
    double[] values = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      values[i] = floats[i];
    }
    return values;
  }

  /**
   * Asserts that the gradient of a function agrees with central differences. The relative tolerance
   * is 1e-6.
   *
   * @param manager the owner of the arrays that the comparison creates
   * @param function a pure function of float64 arrays that returns a scalar
   * @param at the argument, where the function must be differentiable
   */
  public static void assertDifferentiable(
      NDManager manager, UnaryOperator<NDArray> function, double[] at) {
    NDArray point = manager.create(at);
    point.setRequiresGradient(true);
    double[] gradient;
    try (Autograd autograd = new Autograd(manager)) {
      NDArray value = function.apply(point);
      gradient = autograd.gradients(manager, value, new NDList(point)).get(0).toDoubleArray();
    }
    double step = 1e-5;
    for (int i = 0; i < at.length; i++) {
      double slope =
          (valueAt(manager, function, at, i, step) - valueAt(manager, function, at, i, -step))
              / (2 * step);
      assertClose(1e-6 * Math.max(1, Math.abs(slope)), slope, gradient[i], "gradient " + i);
    }
  }

  private static double valueAt(
      NDManager manager, UnaryOperator<NDArray> function, double[] at, int index, double shift) {
    double[] moved = at.clone();
    moved[index] += shift;
    return function.apply(manager.create(moved)).toDoubleArray()[0];
  }
}
