package org.gantry.regularizer;

import org.gantry.graph.Graph;

/**
 * An edit of the training graph: it inserts transforms on the edges that enter a network, wraps
 * networks, adds terms, or acts after an update. Regularizers run in the recipe's order, after the
 * topology and before the losses, so a transform is seen by every application of its network.
 */
public interface Regularizer {

  /**
   * Edits the graph.
   *
   * @throws org.gantry.component.UnusableComponentException if the graph does not offer what the
   *     regularizer needs
   */
  void edit(Graph graph);
}
