package org.gantry.topology;

import org.gantry.graph.Graph;

/** Wires data, noise and networks together and states which adversarial pairs arise. */
public interface Topology {

  /**
   * Writes the topology into an empty graph: sources, networks, their applications, and at least
   * one pair. Losses and regularizers see the result.
   *
   * @throws org.gantry.component.UnusableComponentException if the data do not offer what the
   *     topology needs
   */
  void wire(Graph graph);
}
