package org.gantry.plugin.dcgan;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.initializer.NormalInitializer;
import org.gantry.layers.Activation;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.ImagePyramid;
import org.gantry.layers.Normalization;
import org.gantry.layers.TransposedConvolution;

/**
 * The layers that the DCGAN networks share: strided convolutions instead of pooling, normalisation
 * except next to the image, no bias before a normalisation, and small normal weights.
 *
 * @param kernel the side of all kernels: 4, or 5 as in the paper
 */
record DcganLayers(int kernel, Normalization normalization) {

  private static final float DEVIATION = 0.02f;

  /** The window that halves an image, or doubles it when transposed. */
  private FilterWindow window() {
    return new FilterWindow(kernel, 2, kernel == 4 ? 1 : 2);
  }

  /** Whether layers have a bias. A normalisation would remove it. */
  boolean needsBias() {
    return normalization == Normalization.NONE;
  }

  Block downsample(int filters) {
    return new Convolution(filters, window(), needsBias());
  }

  Block upsample(int filters) {
    return new TransposedConvolution(filters, window(), kernel == 4 ? 0 : 1, needsBias());
  }

  /** A layer over the features and a condition next to them. */
  Block mix(int filters) {
    return new SequentialBlock()
        .add(new Convolution(filters, FilterWindow.same(1), needsBias()))
        .add(normalization.layer())
        .add(Activation.LEAKY_RELU.layer());
  }

  /**
   * The layers of a discriminator or an encoder, from the image to the last feature map. Each layer
   * halves the side. Each layer after the first doubles the channels.
   */
  SequentialBlock downsampling(ImagePyramid pyramid, int width) {
    SequentialBlock layers = new SequentialBlock();
    for (int i = 0; i < pyramid.doublings(); i++) {
      layers.add(downsample(width << i));
      if (i > 0) {
        layers.add(normalization.layer());
      }
      layers.add(Activation.LEAKY_RELU.layer());
    }
    return layers;
  }

  /**
   * Draws weights from N(0, 0.02) and normalisation gains from N(1, 0.02). Biases and shifts start
   * at 0.
   */
  static Block initialize(Block network) {
    network.setInitializer(new NormalInitializer(DEVIATION), Parameter.Type.WEIGHT);
    network.setInitializer(
        (manager, shape, type) ->
            manager.randomNormal(1, DEVIATION, shape, type, manager.getDevice()),
        Parameter.Type.GAMMA);
    return network;
  }
}
