package org.gantry.regularizer;

import org.gantry.graph.Graph;

/**
 * Edits the training graph. A regularizer transforms the inputs of a network, wraps networks, adds
 * terms, or acts after an update.
 *
 * <p>Regularizers run in the order of the recipe, after the topology and before the losses. A
 * transform therefore affects every application of its network.
 */
public interface Regularizer {

  /**
   * Edits the graph.
   *
   * @throws org.gantry.component.UnusableComponentException if the graph lacks what the regularizer
   *     needs
   */
  void edit(Graph graph);
}
