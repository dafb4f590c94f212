package org.gantry.training;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.gantry.data.ValueType;

/** A node with the operation that evaluates it. Two nodes are equal only if they are the same. */
final class GraphNode implements Node {

  private final String name;
  private final NodeOperation operation;
  private final List<Shape> shapes;
  private final ComponentOrigin contributor;

  /** Replaced once, when transforms are inserted on the edges that enter networks. */
  private List<NodeOutput> arguments;

  /** Assigned when the finished graph is sorted. */
  private int id = -1;

  GraphNode(
      String name,
      NodeOperation operation,
      List<NodeOutput> arguments,
      List<Shape> shapes,
      ComponentOrigin contributor) {
    this.name = name;
    this.operation = operation;
    this.arguments = List.copyOf(arguments);
    this.shapes = List.copyOf(shapes);
    this.contributor = contributor;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public NodeType type() {
    return operation.type();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Integer> inputs() {
    return arguments.stream().map(a -> a.node().id()).toList();
  }

  @Override
  public List<Shape> shapes() {
    return shapes;
  }

  @Override
  public List<String> ports() {
    return operation.ports();
  }

  @Override
  public String role() {
    return operation.role();
  }

  @Override
  public double weight() {
    return operation.weight();
  }

  @Override
  public ComponentOrigin contributor() {
    return contributor;
  }

  NodeOperation operation() {
    return operation;
  }

  /** What each output is. */
  List<ValueType> types() {
    return operation.types(arguments, shapes);
  }

  /** The network whose parameters the node itself uses, if any. */
  Optional<NetworkRole> network() {
    return operation.network();
  }

  /** The outputs of other nodes that this one reads, in order. */
  List<NodeOutput> arguments() {
    return arguments;
  }

  void replaceArguments(List<NodeOutput> replacements) {
    arguments = List.copyOf(replacements);
  }

  void assignId(int position) {
    id = position;
  }

  NodeOutput output(int index) {
    return new NodeOutput(this, index);
  }

  @Override
  public String toString() {
    return name;
  }
}
