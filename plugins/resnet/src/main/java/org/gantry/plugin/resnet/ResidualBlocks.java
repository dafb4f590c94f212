package org.gantry.plugin.resnet;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;
import org.gantry.layers.Activation;
import org.gantry.layers.Convolution;
import org.gantry.layers.Downsample;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Normalization;
import org.gantry.layers.Residual;
import org.gantry.layers.Upsample;

/**
 * The blocks that both networks are made of. Hidden maps of all sizes have the same number of
 * channels, so what goes past a block needs no weights.
 *
 * @param width the channels of hidden maps
 */
record ResidualBlocks(int width, Normalization normalization) {

  /** A block that doubles the side of a hidden map. */
  Block upsample() {
    SequentialBlock branch =
        normalizedRelu()
            .add(new Upsample(2))
            .add(convolution())
            .add(normalizedRelu())
            .add(convolution());
    return new Residual(branch, new Upsample(2));
  }

  /** A block that halves the side of a hidden map. */
  Block downsample() {
    SequentialBlock branch =
        normalizedRelu()
            .add(convolution())
            .add(normalizedRelu())
            .add(convolution())
            .add(new Downsample(2));
    return new Residual(branch, new Downsample(2));
  }

  /** The block that halves an image; it sees the pixels as they are. */
  Block inputBlock() {
    SequentialBlock branch =
        new SequentialBlock()
            .add(convolution())
            .add(Activation.RELU.layer())
            .add(convolution())
            .add(new Downsample(2));
    SequentialBlock shortcut =
        new SequentialBlock().add(new Downsample(2)).add(linear(convolution(width, 1)));
    return new Residual(branch, shortcut);
  }

  /** Normalisation, then max(x, 0). */
  SequentialBlock normalizedRelu() {
    return new SequentialBlock().add(normalization.layer()).add(Activation.RELU.layer());
  }

  /** The convolution that makes the image. */
  static Block outputLayer(int channels) {
    return linear(convolution(channels, 3));
  }

  /** A linear map of vectors. */
  static Block projection(long units) {
    return linear(Linear.builder().setUnits(units).build());
  }

  private Block convolution() {
    return convolution(width, 3);
  }

  /** Its weights keep the variance of rectified inputs, which is the default of DJL. */
  private static Block convolution(int filters, int kernel) {
    return new Convolution(filters, FilterWindow.same(kernel), true);
  }

  /** Lets the weights keep the variance of inputs that are not rectified. */
  private static Block linear(Block layer) {
    layer.setInitializer(
        new XavierInitializer(RandomType.UNIFORM, FactorType.AVG, 3), Parameter.Type.WEIGHT);
    return layer;
  }
}
