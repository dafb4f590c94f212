package org.gantry.training;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes and networks that each node depends on. A node depends on itself. */
final class NodeDependencies {

  private final Map<GraphNode, Set<GraphNode>> upstream = new HashMap<>();
  private final Map<GraphNode, Set<NetworkRole>> networks = new HashMap<>();

  /**
   * Collects the dependencies.
   *
   * @param sorted the nodes, each after those that it reads
   */
  NodeDependencies(List<GraphNode> sorted) {
    for (GraphNode node : sorted) {
      Set<GraphNode> above = new HashSet<>(Set.of(node));
      Set<NetworkRole> used = new HashSet<>();
      for (NodeOutput argument : node.arguments()) {
        above.addAll(upstream.get(argument.node()));
        used.addAll(networks.get(argument.node()));
      }
      node.network().ifPresent(used::add);
      upstream.put(node, above);
      networks.put(node, used);
    }
  }

  /** The node and all nodes that it depends on. */
  Set<GraphNode> upstream(GraphNode node) {
    return upstream.get(node);
  }

  /** The networks that the node's value depends on. */
  Set<NetworkRole> networks(GraphNode node) {
    return networks.get(node);
  }

  /** Whether the node's value depends on a network of the player. */
  boolean dependsOnPlayer(GraphNode node, String player) {
    return networks.get(node).stream().anyMatch(r -> r.isTrainedBy(player));
  }

  /** Whether every phase needs a value of its own because the value contains noise. */
  boolean drawsInEachPhase(GraphNode node) {
    return upstream.get(node).stream().anyMatch(n -> n.operation().drawsInEachPhase());
  }

  /** Whether the node's value changes with the batch. */
  boolean dependsOnBatch(GraphNode node) {
    return upstream.get(node).stream().anyMatch(n -> n.operation().dependsOnBatch());
  }

  /**
   * The nodes that a gradient passes through, from its output to its input, both included. Empty if
   * the output does not depend on the input.
   *
   * @param gradient a node of type {@link NodeType#GRADIENT}
   */
  Set<GraphNode> gradientSpan(GraphNode gradient) {
    GraphNode output = gradient.arguments().get(0).node();
    GraphNode input = gradient.arguments().get(1).node();
    Set<GraphNode> span = new HashSet<>();
    for (GraphNode node : upstream.get(output)) {
      if (upstream.get(node).contains(input)) {
        span.add(node);
      }
    }
    return span;
  }
}
