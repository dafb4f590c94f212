package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ArrayAssertions;

/**
 * Compares the gradients of a function with central differences. The relative tolerance is 1e-6 if
 * the function works in float64, and 0.02 if it only works in float32.
 *
 * @param name the name of the function, for messages
 * @param function a pure function from arrays to an array
 * @param values the values of each argument, where the function must be differentiable
 * @param shapes the shapes of the arguments
 */
record FiniteDifferences(
    String name,
    Function<List<NDArray>, NDArray> function,
    List<double[]> values,
    List<Shape> shapes) {

  /** The largest number of elements of an argument to check. */
  private static final int ELEMENTS = 8;

  /** The factor of the step for a second attempt in float64. */
  private static final double SHORT_STEP = 0.01;

  /** Fails unless the gradients agree. */
  void requireAgreement() throws Exception {
    boolean exact = worksInFloat64();
    DataType type = exact ? DataType.FLOAT64 : DataType.FLOAT32;
    TensorScope.runRecorded(
        manager -> {
          List<NDArray> arguments = arguments(manager, values, type);
          arguments.forEach(argument -> argument.setRequiresGradient(true));
          NDArray value = function.apply(arguments);
          double[] weights = weights(Math.toIntExact(value.size()));
          List<double[]> gradients = gradients(manager, arguments, value, weights);
          RandomGenerator random = new RandomStreams(5).at(name);
          for (int i = 0; i < arguments.size(); i++) {
            int[] elements =
                random
                    .ints(0, values.get(i).length)
                    .distinct()
                    .limit(Math.min(ELEMENTS, values.get(i).length))
                    .toArray();
            for (int element : elements) {
              double gradient = gradients.get(i)[element];
              double expected = centralDifference(i, element, type, 1, weights);
              double tolerance = (exact ? 1e-6 : 0.02) * Math.max(1, Math.abs(expected));
              if (exact && !(Math.abs(gradient - expected) <= tolerance)) {
                // The step may lead across a kink, such as that of a ReLU; a short one hardly does.
                expected = centralDifference(i, element, type, SHORT_STEP, weights);
              }
              ContractAssertions.require(
                  Math.abs(gradient - expected) <= tolerance,
                  "the gradient of %s with respect to element %d of argument %d is %s, but the"
                      + " finite difference is %s",
                  name,
                  element,
                  i + 1,
                  gradient,
                  expected);
            }
          }
        });
  }

  private boolean worksInFloat64() throws Exception {
    boolean[] works = {false};
    TensorScope.runUnrecorded(
        manager -> {
          try {
            NDArray value = function.apply(arguments(manager, values, DataType.FLOAT64));
            works[0] = value.getDataType() == DataType.FLOAT64;
          } catch (RuntimeException e) {
            works[0] = false;
          }
        });
    return works[0];
  }

  private static List<double[]> gradients(
      NDManager manager, List<NDArray> arguments, NDArray value, double[] weights) {
    NDArray weight =
        manager.create(weights).reshape(value.getShape()).toType(value.getDataType(), false);
    NDArray sum = value.mul(weight).sum();
    for (NDArray argument : arguments) {
      // The engine refuses to differentiate a value that depends on none of the arguments.
      sum = sum.add(argument.mul(0).sum());
    }
    try (Autograd autograd = new Autograd(manager)) {
      return autograd.gradients(manager, sum, new NDList(arguments)).stream()
          .map(ArrayAssertions::toDoubles)
          .toList();
    }
  }

  /** Returns the central difference in one element of one argument. */
  private double centralDifference(
      int argument, int element, DataType type, double scale, double[] weights) throws Exception {
    double size = Math.max(1, Math.abs(values.get(argument)[element]));
    double step = (type == DataType.FLOAT64 ? 1e-5 : 1e-2) * size * scale;
    return (valueAt(argument, element, step, type, weights)
            - valueAt(argument, element, -step, type, weights))
        / (2 * step);
  }

  private double valueAt(int argument, int element, double shift, DataType type, double[] weights)
      throws Exception {
    List<double[]> moved = new ArrayList<>(values);
    moved.set(argument, values.get(argument).clone());
    moved.get(argument)[element] += shift;
    double[] sum = {0};
    TensorScope.runRecorded(
        manager -> {
          List<NDArray> arguments = arguments(manager, moved, type);
          // A function that computes gradients itself needs arguments that record gradients.
          arguments.forEach(a -> a.setRequiresGradient(true));
          double[] elements = ArrayAssertions.toDoubles(function.apply(arguments));
          for (int i = 0; i < elements.length; i++) {
            sum[0] += weights[i] * elements[i];
          }
        });
    return sum[0];
  }

  private List<NDArray> arguments(NDManager manager, List<double[]> at, DataType type) {
    List<NDArray> arguments = new ArrayList<>();
    for (int i = 0; i < at.size(); i++) {
      NDArray argument = manager.create(at.get(i)).reshape(shapes.get(i));
      arguments.add(type == DataType.FLOAT64 ? argument : argument.toType(type, false));
    }
    return arguments;
  }

  /** Returns weights of the elements of the result, so that errors do not cancel out. */
  private static double[] weights(int count) {
    RandomGenerator random = new RandomStreams(6).at("weights");
    return count == 1 ? new double[] {1} : random.doubles(count, 0.5, 1.5).toArray();
  }
}
