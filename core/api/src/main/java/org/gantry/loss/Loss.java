package org.gantry.loss;

import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Graph;

/**
 * What the players of an adversarial pair minimise. A loss sees one pair and knows nothing of the
 * topology around it. Most losses are {@link ScoreLoss}es.
 */
public interface Loss {

  /**
   * Adds the terms of one pair to the graph.
   *
   * <p>Which parameters a term's gradient reaches is not the loss's business: in a player's phase
   * only that player's parameters move, so nothing is ever detached by hand.
   */
  void addTerms(AdversarialPair pair, Graph graph);
}
