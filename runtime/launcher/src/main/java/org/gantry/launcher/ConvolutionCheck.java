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
 * Checks that the engine's convolutions are right on this machine. Some virtual machines do not
 * tell how large the caches of an AMD processor are. oneDNN 3.7 then takes each to have one byte,
 * chooses blocks that its kernels cannot compute, and gives wrong outputs and gradients with AVX
 * and newer instructions. Trainings would go on with wrong weights, and without an error.
 */
final class ConvolutionCheck {

  /** Limits oneDNN to older instructions. It is read when the engine loads. */
  static final String VARIABLE = "ONEDNN_MAX_CPU_ISA";

  private static final int CHANNELS = 3;
  private static final int SIDE = 8;

  /**
   * Along a side, the two outer places are reached by two of the three weights of a row, and the
   * others by all; from every channel to every filter.
   */
  private static final float EXPECTED = CHANNELS * CHANNELS * (3 * SIDE - 2) * (3 * SIDE - 2);

  private ConvolutionCheck() {}

  /**
   * Computes the gradient of a convolution.
   *
   * @throws EngineStartException if the result is wrong
   */
  static void require(Engine engine) {
    try (NDManager manager = engine.newBaseManager(Device.cpu());
        GradientCollector collector = engine.newGradientCollector()) {
      NDArray image = manager.ones(new Shape(2, CHANNELS, SIDE, SIDE));
      image.setRequiresGradient(true);
      NDArray filter = manager.ones(new Shape(CHANNELS, CHANNELS, 3, 3));
      collector.backward(
          Conv2d.conv2d(image, filter, null, new Shape(1, 1), new Shape(1, 1)).singletonOrThrow());
      requireRight(image.getGradient().get(0).sum().getFloat());
    }
  }

  /**
   * Compares the result.
   *
   * @param sum of the gradient of 3 filters of 3 x 3 ones for an image of 8 x 8 pixels, padded by 1
   */
  static void requireRight(float sum) {
    if (sum != EXPECTED) {
      throw new EngineStartException(
          "the engine computes wrong convolutions with the newest instructions of this machine",
          "Set the environment variable %s to SSE41, and start again.".formatted(VARIABLE),
          null);
    }
  }
}
