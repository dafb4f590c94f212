package org.gantry.training;

import ai.djl.ndarray.types.Shape;
import org.gantry.data.ValueType;
import org.gantry.graph.Signal;

/** One output of a node. Plugins see it as a signal. */
record NodeOutput(GraphNode node, int index) implements Signal {

  @Override
  public String name() {
    return node.ports().size() > 1 ? node.name() + "." + node.ports().get(index) : node.name();
  }

  @Override
  public Shape shape() {
    return node.shapes().get(index);
  }

  @Override
  public ValueType type() {
    return node.types().get(index);
  }

  @Override
  public String toString() {
    return name() + " " + shape();
  }
}
