package org.gantry.drawing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gantry.training.Node;
import org.gantry.training.NodeType;

/** Writes a training graph in the DOT language. */
final class DotWriter {

  private DotWriter() {}

  static String of(GraphDrawing drawing) {
    NodeLabels labels = new NodeLabels(drawing.nodes());
    StringBuilder out = new StringBuilder();
    out.append("digraph %s {\n".formatted(quote(drawing.title())));
    out.append("  rankdir=TB;\n");
    out.append("  node [shape=box, style=\"filled,rounded\", fontname=\"sans-serif\"];\n");
    Map<String, List<Node>> players = new LinkedHashMap<>();
    for (Node node : drawing.nodes()) {
      if (node.type() == NodeType.TERM) {
        players.computeIfAbsent(node.role(), p -> new ArrayList<>()).add(node);
      } else {
        out.append("  ").append(node(node, labels));
      }
    }
    players.forEach(
        (player, terms) -> {
          out.append("  subgraph %s {\n".formatted(quote("cluster " + player)));
          out.append("    label=%s;\n".formatted(quote(GraphLayout.caption(player))));
          terms.forEach(t -> out.append("    ").append(node(t, labels)));
          out.append("  }\n");
        });
    for (Node node : drawing.nodes()) {
      for (int input : new LinkedHashSet<>(node.inputs())) {
        out.append("  n%d -> n%d;\n".formatted(input, node.id()));
      }
    }
    return out.append("}\n").toString();
  }

  private static String node(Node node, NodeLabels labels) {
    NodeColours paint = NodeColours.of(node.type());
    String label =
        NodeCard.of(node, labels).lines().stream()
            .map(NodeCard.CardLine::text)
            .collect(Collectors.joining("\n"));
    return "n%d [label=%s, fillcolor=\"%s\", color=\"%s\"];\n"
        .formatted(node.id(), quote(label), paint.fill(), paint.stroke());
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
