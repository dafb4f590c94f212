package org.gantry.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TensorTest
final class EveryLayerTest {

  static Stream<EveryLayer> layers() {
    return EveryLayer.all();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theOutputShapeIsKnownBeforeInitialisation(EveryLayer every, NDManager manager) {
    Shape[] expected = every.create().getOutputShapes(new Shape[] {every.input()});
    Block layer = every.create();
    layer.initialize(manager, DataType.FLOAT32, every.input());
    NDArray input = manager.randomNormal(every.input());
    NDList outputs = layer.forward(new ParameterStore(manager, false), new NDList(input), true);
    assertArrayEquals(expected, outputs.getShapes());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theOutputBelongsToTheManagerOfTheInput(EveryLayer every, NDManager manager) {
    LayerTrial trial = LayerTrial.of(manager, every.create(), DataType.FLOAT32, every.input());
    int before = manager.getManagedArrays().size();
    for (int pass = 0; pass < 4; pass++) {
      try (NDManager step = manager.newSubManager()) {
        NDArray input = step.randomNormal(every.input());
        NDArray output = pass % 2 == 0 ? trial.train(input) : trial.evaluate(input);
        assertSame(step, output.getManager());
      }
    }
    assertEquals(before, manager.getManagedArrays().size());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theGradientAgreesWithFiniteDifferences(EveryLayer every, NDManager manager) {
    LayerTrial trial = LayerTrial.of(manager, every.create(), DataType.FLOAT64, every.input());
    ArrayAssertions.assertDifferentiable(
        manager, x -> curved(trial.train(x.reshape(every.input()))), point(every.input(), 1));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aGradientPenaltyHasAGradientWithRespectToTheInput(EveryLayer every, NDManager manager) {
    LayerTrial trial = LayerTrial.of(manager, every.create(), DataType.FLOAT64, every.input());
    try (Autograd autograd = new Autograd(manager)) {
      UnaryOperator<NDArray> penalty =
          flat -> {
            flat.setRequiresGradient(true);
            NDArray x = flat.reshape(every.input());
            return autograd.gradient(curved(trial.train(x)), x).square().sum();
          };
      ArrayAssertions.assertDifferentiable(manager, penalty, point(every.input(), 2));
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aGradientPenaltyHasAGradientWithRespectToEachParameter(EveryLayer every, NDManager manager) {
    LayerTrial trial = LayerTrial.of(manager, every.create(), DataType.FLOAT64, every.input());
    NDArray input = manager.create(point(every.input(), 3)).reshape(every.input());
    input.setRequiresGradient(true);
    try (Autograd autograd = new Autograd(manager)) {
      for (Pair<String, Parameter> entry : trial.layer().getParameters()) {
        Parameter parameter = entry.getValue();
        if (parameter.requiresGradient()) {
          UnaryOperator<NDArray> penalty =
              flat -> {
                NDArray value = flat.reshape(parameter.getShape());
                NDArray output = trial.trainWith(input, parameter, value);
                return autograd.gradient(curved(output), input).square().sum();
              };
          ArrayAssertions.assertDifferentiable(
              manager, penalty, parameter.getArray().toDoubleArray().clone());
        }
      }
    }
  }

  /** Returns a nonlinear scalar that weights each element of the output differently. */
  private static NDArray curved(NDArray output) {
    NDArray weights = output.getManager().create(point(output.getShape(), 4));
    NDArray flat = output.reshape(output.size());
    return flat.mul(weights).add(flat.square().mul(0.3)).sum();
  }

  /** Returns values away from zero, where some functions are not differentiable. */
  private static double[] point(Shape shape, long seed) {
    Random random = new Random(seed);
    double[] values = new double[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      double value = random.nextGaussian();
      values[i] = value + Math.copySign(0.05, value);
    }
    return values;
  }
}
