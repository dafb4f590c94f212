package org.gantry.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gantry.training.Node;
import org.gantry.training.NodeType;

/** What the forms say of a node, in the same words. */
final class NodeLabels {

  private final List<Node> nodes;

  NodeLabels(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** The heading of a node: its name, without that of the player whose frame a term lies in. */
  static String heading(Node node) {
    return node.type() == NodeType.TERM
        ? node.name().substring(node.name().indexOf('/') + 1)
        : node.name();
  }

  /** The type in words. */
  static String typeName(Node node) {
    return node.type().name().toLowerCase(Locale.ROOT);
  }

  /** What a node gives: a line per output. */
  static List<String> outputs(Node node) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < node.shapes().size(); i++) {
      String port = i < node.ports().size() ? node.ports().get(i) + "  " : "";
      lines.add(port + ShapeText.of(node.shapes().get(i)));
    }
    return lines;
  }

  /** A weight with no more digits than it needs. */
  static String weight(double weight) {
    return weight == Math.rint(weight) && Math.abs(weight) < 1e9
        ? Long.toString((long) weight)
        : Double.toString(weight);
  }

  /** What a gradient is of, and with respect to what; empty for other nodes. */
  List<String> gradientLines(Node node) {
    return node.type() == NodeType.GRADIENT && node.inputs().size() == 2
        ? List.of("of " + input(node, 0), "by " + input(node, 1))
        : List.of();
  }

  /** The name of one of the nodes that a node reads. */
  String input(Node node, int index) {
    return nodes.get(node.inputs().get(index)).name();
  }
}
