package org.gantry.architecture;

import ai.djl.nn.Block;

/**
 * Builds networks. Components of the kinds {@code generator}, {@code discriminator} and {@code
 * encoder} implement it.
 */
public interface Architecture {

  /**
   * Builds a network for one place in a topology. No parameter exists yet. The host later
   * initialises the block under the run's seed, with the block's own initializers.
   *
   * @param site the place, with the shapes of the inputs and the required shapes of the outputs
   * @return a block whose inputs are the ports that the topology feeds, and whose outputs are the
   *     ports that the network gives, both in the order of {@link #ports}. Its {@code
   *     getOutputShapes} must work before it is initialised.
   * @throws org.gantry.component.UnusableComponentException if the shapes do not suit the
   *     architecture
   */
  Block build(NetworkSite site);

  /**
   * The ports of this instance, which can depend on its options. The default is the ports of the
   * annotation.
   *
   * @param declared the ports of the annotation
   */
  default NetworkPorts ports(NetworkPorts declared) {
    return declared;
  }
}
