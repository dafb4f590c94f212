package org.gantry.cli.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gantry.cli.console.TextTable;
import org.gantry.drawing.ShapeText;
import org.gantry.training.Node;
import org.gantry.training.NodeType;

/** Prints a training graph: a line for each node, then the terms that each player minimises. */
final class GraphText {

  private GraphText() {}

  static String of(String title, List<Node> nodes, int width) {
    TextTable values = TextTable.headed(2, "node", "shape", "from", "reads");
    for (Node node : nodes) {
      if (node.type() != NodeType.TERM) {
        values.row(
            node.name(), shapesOf(node), node.contributor().label(), inputNames(node, nodes));
      }
    }
    StringBuilder out = new StringBuilder(title).append("\n\n").append(values.text(width, false));
    for (String player : players(nodes)) {
      TextTable terms = TextTable.plain(2);
      for (Node node : nodes) {
        if (node.type() == NodeType.TERM && node.role().equals(player)) {
          terms.row(
              termName(node),
              weightText(node) + " ×",
              inputNames(node, nodes),
              node.contributor().label());
        }
      }
      out.append("\nthe ").append(player).append(" minimises\n").append(terms.text(width, false));
    }
    return out.toString();
  }

  private static List<String> players(List<Node> nodes) {
    return nodes.stream()
        .filter(n -> n.type() == NodeType.TERM)
        .map(Node::role)
        .distinct()
        .toList();
  }

  /** The shapes of a node's outputs, with their ports if there are several. */
  static String shapesOf(Node node) {
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < node.shapes().size(); i++) {
      String port = node.ports().size() > 1 ? node.ports().get(i) + " " : "";
      outputs.add(port + ShapeText.of(node.shapes().get(i)));
    }
    return String.join(", ", outputs);
  }

  /** The names of a node's inputs. */
  static String inputNames(Node node, List<Node> nodes) {
    return node.inputs().stream()
        .distinct()
        .map(i -> nodes.get(i).name())
        .collect(Collectors.joining(", "));
  }

  /** The name of a term without its player. */
  static String termName(Node term) {
    return term.name().substring(term.name().indexOf('/') + 1);
  }

  /** The weight of a term, without a fraction if it is a whole number. */
  static String weightText(Node term) {
    double weight = term.weight();
    return weight == Math.rint(weight) && Math.abs(weight) < 1e9
        ? Long.toString((long) weight)
        : Double.toString(weight);
  }
}
