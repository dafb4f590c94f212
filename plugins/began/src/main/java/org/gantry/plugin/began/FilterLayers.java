package org.gantry.plugin.began;

import ai.djl.nn.SequentialBlock;
import org.gantry.architecture.NetworkSite;
import org.gantry.layers.Activation;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;

/**
 * Filters of 3 x 3 that keep the size, each with ELU.
 *
 * @param vanishing over how many updates those that keep the number of channels turn from the
 *     identity to themselves; 0 for filters that are themselves from the start
 */
record FilterLayers(NetworkSite site, int vanishing) {

  /** Adds a layer of filters. */
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
