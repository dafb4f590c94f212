package org.gantry.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gantry.training.Node;
import org.gantry.training.NodeType;

/** Labels of nodes that are the same in all formats. */
final class NodeLabels {

  private final List<Node> nodes;

  NodeLabels(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** Returns the heading of a node: its name; for a term without the name of the player. */
  static String heading(Node node) {
    return node.type() == NodeType.TERM
        ? node.name().substring(node.name().indexOf('/') + 1)
        : node.name();
  }

  /** Returns the name of the type in lower case. */
  static String typeName(Node node) {
    return node.type().name().toLowerCase(Locale.ROOT);
  }

  /** Returns a line for each output of a node. */
  static List<String> outputs(Node node) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < node.shapes().size(); i++) {
      String port = i < node.ports().size() ? node.ports().get(i) + "  " : "";
      lines.add(port + ShapeText.of(node.shapes().get(i)));
    }
    return lines;
  }

  /** Returns a weight without unnecessary digits. */
  static String weight(double weight) {
    return weight == Math.rint(weight) && Math.abs(weight) < 1e9
        ? Long.toString((long) weight)
        : Double.toString(weight);
  }

  /**
   * Returns lines that say what a gradient differentiates with respect to what; empty for other
   * nodes.
   */
  List<String> gradientLines(Node node) {
    return node.type() == NodeType.GRADIENT && node.inputs().size() == 2
        ? List.of("of " + input(node, 0), "by " + input(node, 1))
        : List.of();
  }

  /** Returns the name of an input of a node. */
  String input(Node node, int index) {
    return nodes.get(node.inputs().get(index)).name();
  }
}
