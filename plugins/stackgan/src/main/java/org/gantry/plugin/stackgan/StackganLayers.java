package org.gantry.plugin.stackgan;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.initializer.NormalInitializer;
import org.gantry.layers.Activation;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Normalization;
import org.gantry.layers.Residual;
import org.gantry.layers.Upsample;

/** The layers that the networks share. Convolutions have no bias, and a normalisation follows. */
final class StackganLayers {

  private static final FilterWindow SAME = FilterWindow.same(3);
  private static final FilterWindow PIXEL = FilterWindow.same(1);
  private static final FilterWindow HALVING = new FilterWindow(4, 2, 1);
  private static final float DEVIATION = 0.02f;

  private StackganLayers() {}

  /** Adds a convolution with a normalisation. */
  static void addConvolution(SequentialBlock network, int filters, FilterWindow window) {
    network.add(new Convolution(filters, window, false)).add(Normalization.BATCH.layer());
  }

  static void addSame(SequentialBlock network, int filters) {
    addConvolution(network, filters, SAME);
  }

  static void addPixel(SequentialBlock network, int filters) {
    addConvolution(network, filters, PIXEL);
  }

  static void addHalving(SequentialBlock network, int filters) {
    addConvolution(network, filters, HALVING);
  }

  /** Adds layers that double the sides. */
  static void addDoubling(SequentialBlock network, int filters) {
    network.add(new Upsample(2));
    addSame(network, filters);
  }

  /** The first layer of a discriminator, which has no normalisation. */
  static Block firstHalving(int filters) {
    return new Convolution(filters, HALVING, false);
  }

  /** A convolution with a kernel of 3 and without a normalisation. */
  static Block plain(int filters, boolean biased) {
    return new Convolution(filters, SAME, biased);
  }

  /** Adds a residual block whose middle layers have a quarter of the channels. */
  static void addNarrowResidual(SequentialBlock network, int channels, Activation activation) {
    int narrow = Math.max(1, channels / 4);
    SequentialBlock branch = new SequentialBlock();
    addPixel(branch, narrow);
    branch.add(activation.layer());
    addSame(branch, narrow);
    branch.add(activation.layer());
    addSame(branch, channels);
    network.add(new Residual(branch, Activation.NONE.layer())).add(activation.layer());
  }

  /** Adds a residual block of two convolutions. */
  static void addResidual(SequentialBlock network, int channels) {
    SequentialBlock branch = new SequentialBlock();
    addSame(branch, channels);
    branch.add(Activation.RELU.layer());
    addSame(branch, channels);
    network.add(new Residual(branch, Activation.NONE.layer())).add(Activation.RELU.layer());
  }

  /** Draws weights from N(0, 0.02) and the gains of normalisations from N(1, 0.02). */
  static Block initialize(Block network) {
    network.setInitializer(new NormalInitializer(DEVIATION), Parameter.Type.WEIGHT);
    network.setInitializer(
        (manager, shape, type) ->
            manager.randomNormal(1, DEVIATION, shape, type, manager.getDevice()),
        Parameter.Type.GAMMA);
    return network;
  }
}
