package org.gantry.training;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sorts the nodes of a graph so that each comes after those that it reads. */
final class NodeOrder {

  private final Set<GraphNode> sorted = new LinkedHashSet<>();
  private final Set<GraphNode> open = new HashSet<>();

  private NodeOrder() {}

  /**
   * Sorts the nodes that the roots depend on, and numbers them.
   *
   * @throws CompositionException if the graph has a cycle
   */
  static List<GraphNode> sort(List<NodeOutput> roots) {
    NodeOrder order = new NodeOrder();
    roots.forEach(r -> order.visit(r.node()));
    return List.copyOf(order.sorted);
  }

  private void visit(GraphNode node) {
    if (sorted.contains(node)) {
      return;
    }
    if (!open.add(node)) {
      throw new CompositionException(
          "cycle in the graph: %s of %s depends on itself"
              .formatted(node.name(), node.contributor().label()),
          List.of(node.contributor()));
    }
    node.arguments().forEach(a -> visit(a.node()));
    open.remove(node);
    node.assignId(sorted.size());
    sorted.add(node);
  }
}
