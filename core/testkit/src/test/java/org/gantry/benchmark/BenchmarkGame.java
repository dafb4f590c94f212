package org.gantry.benchmark;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.function.Supplier;
import org.gantry.layers.Activation;
import org.gantry.layers.BatchNorm;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Flatten;
import org.gantry.layers.Reshape;
import org.gantry.layers.TransposedConvolution;

/**
 * The networks and sizes of a game to measure.
 *
 * @param name the name in the output
 * @param batch the number of samples in a batch
 * @param image the shape of a sample
 * @param generator creates a generator from codes of length {@value #CODE_LENGTH}
 * @param discriminator creates a discriminator
 */
record BenchmarkGame(
    String name, int batch, Shape image, Supplier<Block> generator, Supplier<Block> discriminator) {

  static final int CODE_LENGTH = 64;

  /** Returns a game with dense networks on points. */
  static BenchmarkGame mlp() {
    return new BenchmarkGame("mlp", 256, new Shape(2), () -> dense(2), () -> dense(1));
  }

  /** Returns a game with convolutional networks on images of 28 by 28. */
  static BenchmarkGame dcgan() {
    return new BenchmarkGame(
        "dcgan",
        64,
        new Shape(1, 28, 28),
        BenchmarkGame::deconvolution,
        BenchmarkGame::convolution);
  }

  private static Block dense(int outputs) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(128).build())
        .add(Activation.RELU.layer())
        .add(Linear.builder().setUnits(128).build())
        .add(Activation.RELU.layer())
        .add(Linear.builder().setUnits(outputs).build());
  }

  private static Block deconvolution() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(64 * 7 * 7).build())
        .add(new Reshape(new Shape(64, 7, 7)))
        .add(new BatchNorm())
        .add(Activation.RELU.layer())
        .add(new TransposedConvolution(32, new FilterWindow(4, 2, 1), 0, false))
        .add(new BatchNorm())
        .add(Activation.RELU.layer())
        .add(new TransposedConvolution(1, new FilterWindow(4, 2, 1), 0, false))
        .add(Activation.TANH.layer());
  }

  private static Block convolution() {
    return new SequentialBlock()
        .add(new Convolution(32, new FilterWindow(4, 2, 1), false))
        .add(Activation.LEAKY_RELU.layer())
        .add(new Convolution(64, new FilterWindow(4, 2, 1), false))
        .add(new BatchNorm())
        .add(Activation.LEAKY_RELU.layer())
        .add(new Flatten())
        .add(Linear.builder().setUnits(1).build());
  }
}
