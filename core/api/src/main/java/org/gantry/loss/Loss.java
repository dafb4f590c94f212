package org.gantry.loss;

import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Graph;

/**
 * States what the players of an adversarial pair minimise. A loss sees one pair and does not depend
 * on the topology around it. Most losses implement {@link ScoreLoss}.
 */
public interface Loss {

  /**
   * Adds the terms of one pair to the graph.
   *
   * <p>A loss never detaches a signal. In the phase of a player, Gantry updates only the parameters
   * of that player.
   */
  void addTerms(AdversarialPair pair, Graph graph);
}
