package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class ActivationTest {

  @Test
  void eachActivationComputesItsFunction(NDManager manager) {
    NDArray x = manager.create(new double[] {-2, 0.5});
    ArrayAssertions.assertClose(0, Activation.NONE.apply(x), -2, 0.5);
    ArrayAssertions.assertClose(0, Activation.RELU.apply(x), 0, 0.5);
    ArrayAssertions.assertClose(1e-8, Activation.LEAKY_RELU.apply(x), -0.4, 0.5);
    ArrayAssertions.assertClose(1e-12, Activation.TANH.apply(x), Math.tanh(-2), Math.tanh(0.5));
    ArrayAssertions.assertClose(
        1e-12, Activation.SIGMOID.apply(x), 1 / (1 + Math.exp(2)), 1 / (1 + Math.exp(-0.5)));
    ArrayAssertions.assertClose(1e-12, Activation.ELU.apply(x), Math.exp(-2) - 1, 0.5);
    ArrayAssertions.assertClose(
        1e-12, Activation.SOFTPLUS.apply(x), Math.log1p(Math.exp(-2)), Math.log1p(Math.exp(0.5)));
  }
}
