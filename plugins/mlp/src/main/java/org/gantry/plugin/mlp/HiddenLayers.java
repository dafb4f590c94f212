package org.gantry.plugin.mlp;

import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Activation;
import org.gantry.layers.BatchNorm;
import org.gantry.layers.Dropout;

/**
 * Hidden layers: a linear layer, optional batch normalisation, an activation or maxout, and
 * optional dropout.
 *
 * @param pieces the number of linear pieces per unit; 1 for the activation
 */
record HiddenLayers(
    List<Integer> sizes, Activation activation, boolean batchNorm, int pieces, double dropout) {

  /** Appends the layers to a network. */
  void addTo(SequentialBlock network, NetworkSite site) {
    for (int i = 0; i < sizes.size(); i++) {
      int units = sizes.get(i);
      if (units < 1) {
        throw new UnusableComponentException(
            "the %s needs hidden layers of at least 1 unit, not %s".formatted(site.role(), sizes));
      }
      // Batch normalisation would remove a bias.
      network.add(Linear.builder().setUnits((long) units * pieces).optBias(!batchNorm).build());
      if (batchNorm) {
        network.add(new BatchNorm());
      }
      network.add(pieces > 1 ? new Maxout(pieces) : activation.layer());
      if (dropout > 0) {
        network.add(new Dropout(dropout, site.randomStream("dropout-" + (i + 1))));
      }
    }
  }
}
