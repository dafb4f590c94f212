package org.gantry.drawing;

import java.util.List;
import org.gantry.training.Node;

/**
 * Draws a training graph, and writes it in formats for other tools. Every format contains every
 * node with its inputs, the shapes of its outputs and the bundle that contributed it. The same
 * graph always gives the same text.
 *
 * @param title the name of the recipe
 * @param nodes the nodes, inputs before their readers
 */
public record GraphDrawing(String title, List<Node> nodes) {

  /** Copies the list. */
  public GraphDrawing {
    nodes = List.copyOf(nodes);
  }

  /** Returns a picture: data and noise at the top, the terms of the players at the bottom. */
  public String svg() {
    return GraphSvgWriter.of(this, GraphLayout.of(nodes));
  }

  /** Returns the graph in the DOT language of Graphviz. */
  public String dot() {
    return DotWriter.of(this);
  }

  /** Returns the graph as a JSON object with the lists {@code nodes} and {@code edges}. */
  public String json() {
    return GraphJsonWriter.of(this);
  }
}
