package org.gantry.plugin.began;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;
import org.gantry.architecture.NetworkSite;
import org.gantry.layers.ImagePyramid;

/** What encoder and decoder have in common. */
final class BeganNetworks {

  private BeganNetworks() {}

  /**
   * The sizes of the maps; the smallest has a side of 5 to 8, or 3 or 4 if halving once leaves
   * that.
   */
  static ImagePyramid pyramid(NetworkSite site, Shape image) {
    ImagePyramid pyramid = ImagePyramid.of(site, image);
    return pyramid.start() < 5 && pyramid.doublings() > 1
        ? new ImagePyramid(pyramid.channels(), pyramid.start() * 2, pyramid.doublings() - 1)
        : pyramid;
  }

  /** Weights uniform, of variance 2 / (inputs + outputs), so that no normalisation is missed. */
  static Block initialize(Block network) {
    network.setInitializer(
        new XavierInitializer(RandomType.UNIFORM, FactorType.AVG, 3), Parameter.Type.WEIGHT);
    return network;
  }
}
