package org.gantry.architecture;

import ai.djl.nn.Block;

/**
 * A way to build a network, as the kinds {@code generator}, {@code discriminator} and {@code
 * encoder} contribute it.
 */
public interface Architecture {

  /**
   * Builds a network for one place in a topology. Called before any parameter exists; the host
   * initialises the block afterwards, under the run's seed, with the block's own initializers.
   *
   * @param site the place: the shapes of what goes in and of what must come out
   * @return a block whose inputs are the annotation's {@code takes} and whose outputs are its
   *     {@code gives}, both in order. Its {@code getOutputShapes} must work before it is
   *     initialised.
   * @throws org.gantry.component.UnusableComponentException if the shapes do not suit the
   *     architecture
   */
  Block build(NetworkSite site);
}
