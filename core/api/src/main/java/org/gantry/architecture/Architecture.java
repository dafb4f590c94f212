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
   * @return a block whose inputs are the annotation's {@code takes} and whose outputs are its
   *     {@code gives}, both in order. Its {@code getOutputShapes} must work before it is
   *     initialised.
   * @throws org.gantry.component.UnusableComponentException if the shapes do not suit the
   *     architecture
   */
  Block build(NetworkSite site);
}
