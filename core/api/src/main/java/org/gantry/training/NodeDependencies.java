package org.gantry.training;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.training.GraphNode.NodeOperation;
import org.gantry.training.GraphNode.NodeOutput;

/** What each vertex depends on, itself included. */
final class NodeDependencies {

  private final Map<GraphNode, Set<GraphNode>> upstream = new HashMap<>();
  private final Map<GraphNode, Set<NetworkRole>> roles = new HashMap<>();

  /** Works through vertices that are sorted, inputs before their readers. */
  NodeDependencies(List<GraphNode> sorted) {
    for (GraphNode vertex : sorted) {
      Set<GraphNode> above = new HashSet<>(Set.of(vertex));
      Set<NetworkRole> applied = new HashSet<>();
      for (NodeOutput input : vertex.inputs()) {
        above.addAll(upstream.get(input.vertex()));
        applied.addAll(roles.get(input.vertex()));
      }
      vertex.network().ifPresent(applied::add);
      upstream.put(vertex, above);
      roles.put(vertex, applied);
    }
  }

  /** The vertex and everything that it depends on. */
  Set<GraphNode> upstream(GraphNode vertex) {
    return upstream.get(vertex);
  }

  /** The networks that the vertex's value depends on. */
  Set<NetworkRole> roles(GraphNode vertex) {
    return roles.get(vertex);
  }

  /** Whether a network of the player is among those that the vertex's value depends on. */
  boolean dependsOnPlayer(GraphNode vertex, String player) {
    return roles.get(vertex).stream().anyMatch(r -> r.player().equals(player));
  }

  /** Whether the second value depends on the first. */
  boolean reaches(NodeOutput from, NodeOutput to) {
    return upstream.get(to.vertex()).contains(from.vertex());
  }

  /** Whether the vertex draws noise that must differ from phase to phase. */
  boolean drawsInEachPhase(GraphNode vertex) {
    return upstream.get(vertex).stream().anyMatch(v -> v.work instanceof NodeOperation.NoiseDraw);
  }

  /** Whether the vertex's value changes with the batch. */
  boolean dependsOnBatch(GraphNode vertex) {
    return upstream.get(vertex).stream()
        .anyMatch(
            v ->
                v.work instanceof NodeOperation.DataField
                    || v.work instanceof NodeOperation.LatentCodes);
  }
}
