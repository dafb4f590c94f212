package org.gantry.topology;

import org.gantry.graph.Graph;

/** Connects data, noise and networks, and declares the adversarial pairs. */
public interface Topology {

  /**
   * Writes the topology into an empty graph: sources, networks, their applications, and at least
   * one pair.
   *
   * @throws org.gantry.component.UnusableComponentException if the data lack what the topology
   *     needs
   */
  void wire(Graph graph);
}
