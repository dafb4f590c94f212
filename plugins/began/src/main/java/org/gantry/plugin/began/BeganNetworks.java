package org.gantry.plugin.began;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;
import org.gantry.architecture.NetworkSite;
import org.gantry.layers.ImagePyramid;

/** The layout and the initialization that the encoder and the decoder share. */
final class BeganNetworks {

  private BeganNetworks() {}

  /**
   * The sizes of the feature maps. The smallest side is 5 to 8; it is 3 or 4 where a single halving
   * leads there.
   */
  static ImagePyramid pyramid(NetworkSite site, Shape image) {
    ImagePyramid pyramid = ImagePyramid.ofSquare(site, image);
    return pyramid.startHeight() < 5 && pyramid.doublings() > 1
        ? new ImagePyramid(
            pyramid.channels(), pyramid.height(), pyramid.width(), pyramid.doublings() - 1)
        : pyramid;
  }

  /**
   * Draws weights uniformly with variance 2 / (inputs + outputs), which keeps activations in range
   * without normalisation.
   */
  static Block initialize(Block network) {
    network.setInitializer(
        new XavierInitializer(RandomType.UNIFORM, FactorType.AVG, 3), Parameter.Type.WEIGHT);
    return network;
  }
}
