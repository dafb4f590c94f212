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
 * Hidden layers: each a linear map, batch normalisation if wanted, an activation or the maximum of
 * some pieces, and dropout if wanted.
 *
 * @param pieces how many linear maps compete for each unit; 1 to use the activation
 */
record HiddenLayers(
    List<Integer> sizes, Activation activation, boolean batchNorm, int pieces, double dropout) {

  /** Adds the layers to a network at the given place. */
  void addTo(SequentialBlock network, NetworkSite site) {
    for (int i = 0; i < sizes.size(); i++) {
      int units = sizes.get(i);
      if (units < 1) {
        throw new UnusableComponentException(
            "the " + site.role() + " needs hidden layers of at least 1 unit, not " + sizes);
      }
      // A bias in front of batch normalisation would be subtracted again.
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
