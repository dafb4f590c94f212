package org.gantry.drawing;

import java.util.List;
import org.gantry.training.Node;

/**
 * A training graph as a picture and in forms for other tools. Every form shows every node, what it
 * reads, the shapes that it gives and the bundle that contributed it. The same graph gives the same
 * text, character for character.
 *
 * @param title the name of the recipe
 * @param nodes the nodes, inputs before their readers
 */
public record GraphDrawing(String title, List<Node> nodes) {

  /** Copies the list. */
  public GraphDrawing {
    nodes = List.copyOf(nodes);
  }

  /** A picture: sources at the top, the players with what they minimise at the bottom. */
  public String svg() {
    return GraphSvgWriter.of(this, GraphLayout.of(nodes));
  }

  /** The graph in the DOT language, for Graphviz and what reads its files. */
  public String dot() {
    return DotWriter.of(this);
  }

  /** The graph as a JSON object with the lists {@code nodes} and {@code edges}. */
  public String json() {
    return GraphJsonWriter.of(this);
  }
}
