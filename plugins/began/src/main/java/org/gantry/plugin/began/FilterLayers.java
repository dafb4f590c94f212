package org.gantry.plugin.began;

import ai.djl.nn.SequentialBlock;
import org.gantry.architecture.NetworkSite;
import org.gantry.layers.Activation;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;

/**
 * Adds 3x3 convolutions that keep the size, each with ELU.
 *
 * @param vanishing over how many updates layers that keep the number of channels change from the
 *     identity to plain layers; 0 for plain layers from the start
 */
record FilterLayers(NetworkSite site, int vanishing) {

  /**
   * Adds a layer.
   *
   * @param from the channels that enter the layer
   * @param to the channels that leave it
   */
  void addLayer(SequentialBlock layers, int from, int to) {
    SequentialBlock filter =
        new SequentialBlock()
            .add(new Convolution(to, FilterWindow.same(3), true))
            .add(Activation.ELU.layer());
    if (vanishing == 0 || from != to) {
      filter.getChildren().values().forEach(layers::add);
      return;
    }
    VanishingResidual residual = new VanishingResidual(filter, vanishing);
    site.afterUpdate("vanishing-residuals", residual::countUpdate);
    layers.add(residual);
  }
}
