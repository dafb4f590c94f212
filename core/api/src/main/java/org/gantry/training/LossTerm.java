package org.gantry.training;

import java.util.List;

/**
 * A weighted scalar that a player minimises.
 *
 * @param player who minimises it
 * @param name the name, unique among the player's terms
 * @param node multiplies the scalar by the weight
 */
record LossTerm(String player, String name, GraphNode node) {

  static LossTerm of(
      String player, String name, double weight, NodeOutput scalar, ComponentOrigin contributor) {
    GraphNode node =
        new GraphNode(
            player + "/" + name,
            new NodeOperation.WeightedTerm(player, weight),
            List.of(scalar),
            List.of(scalar.shape()),
            contributor);
    return new LossTerm(player, name, node);
  }

  /** The name under which the term is reported, as {@code player/term}. */
  String key() {
    return node.name();
  }

  /** The scalar before it is weighted. */
  NodeOutput scalar() {
    return node.arguments().get(0);
  }

  ComponentOrigin contributor() {
    return node.contributor();
  }
}
