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
 * The blocks of both networks. All hidden layers have the same number of channels, so shortcuts
 * have no weights.
 *
 * @param width the channels of hidden layers
 */
record ResidualBlocks(int width, Normalization normalization) {

  /** A residual block that doubles the side. */
  Block upsample() {
    SequentialBlock branch =
        normalizedRelu()
            .add(new Upsample(2))
            .add(convolution())
            .add(normalizedRelu())
            .add(convolution());
    return new Residual(branch, new Upsample(2));
  }

  /** A residual block that halves the side. */
  Block downsample() {
    SequentialBlock branch =
        normalizedRelu()
            .add(convolution())
            .add(normalizedRelu())
            .add(convolution())
            .add(new Downsample(2));
    return new Residual(branch, new Downsample(2));
  }

  /** The block that halves the image. It has no activation on its input. */
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

  /** Normalisation and ReLU. */
  SequentialBlock normalizedRelu() {
    return new SequentialBlock().add(normalization.layer()).add(Activation.RELU.layer());
  }

  /** A layer over the features and a condition next to them. */
  Block mix() {
    return new SequentialBlock().add(convolution(width, 1)).add(Activation.RELU.layer());
  }

  /** The convolution that gives the image. */
  static Block outputLayer(int channels) {
    return linear(convolution(channels, 3));
  }

  /** A linear layer. */
  static Block projection(long units) {
    return linear(Linear.builder().setUnits(units).build());
  }

  private Block convolution() {
    return convolution(width, 3);
  }

  /** Its initial weights keep the variance of rectified inputs, the default of DJL. */
  private static Block convolution(int filters, int kernel) {
    return new Convolution(filters, FilterWindow.same(kernel), true);
  }

  /** Draws initial weights that keep the variance of inputs without an activation. */
  private static Block linear(Block layer) {
    layer.setInitializer(
        new XavierInitializer(RandomType.UNIFORM, FactorType.AVG, 3), Parameter.Type.WEIGHT);
    return layer;
  }
}
