package org.gantry.launcher;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import org.gantry.host.EngineStartException;

/**
 * Checks that the engine's convolutions are right on this processor. With AVX-512, oneDNN 3.7
 * computes wrong transposed convolutions and gradients for few channels on AMD's family 26 (Zen 5).
 * Trainings would go on with wrong weights, and without an error.
 */
final class ConvolutionCheck {

  /** Limits oneDNN to older instructions. It is read when the engine loads. */
  static final String VARIABLE = "ONEDNN_MAX_CPU_ISA";

  /** The filter covers the whole image, so each of the 4 values has the gradient 1. */
  private static final float EXPECTED = 4;

  private ConvolutionCheck() {}

  /**
   * Computes the gradient of a convolution.
   *
   * @throws EngineStartException if the result is wrong
   */
  static void require(Engine engine) {
    try (NDManager manager = engine.newBaseManager(Device.cpu());
        GradientCollector collector = engine.newGradientCollector()) {
      NDArray image = manager.ones(new Shape(1, 1, 2, 2));
      image.setRequiresGradient(true);
      NDArray filter = manager.ones(new Shape(1, 1, 4, 4));
      collector.backward(
          Conv2d.conv2d(image, filter, null, new Shape(2, 2), new Shape(1, 1)).singletonOrThrow());
      requireRight(image.getGradient().sum().getFloat());
    }
  }

  /**
   * Compares the result.
   *
   * @param sum of the gradient of one filter of 4 x 4 ones for an image of 2 x 2, padded by 1
   */
  static void requireRight(float sum) {
    if (sum != EXPECTED) {
      throw new EngineStartException(
          "the engine computes wrong convolutions with the newest instructions of this processor",
          "Set the environment variable %s to AVX2, and start again.".formatted(VARIABLE),
          null);
    }
  }
}
