package org.gantry.training;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.gantry.graph.Signal;
import org.gantry.graph.TensorState;

/** An array that the training carries, and the rule for its next value. */
final class GraphTensorState implements TensorState {

  private final String name;
  private final Shape shape;
  private final double initial;
  private final ComponentOrigin contributor;
  private Signal signal;
  private TensorRule rule = (value, signals) -> value;
  private List<NodeOutput> inputs = List.of();

  GraphTensorState(String name, Shape shape, double initial, ComponentOrigin contributor) {
    this.name = name;
    this.shape = shape;
    this.initial = initial;
    this.contributor = contributor;
  }

  void bind(Signal value) {
    signal = value;
  }

  String name() {
    return name;
  }

  Shape shape() {
    return shape;
  }

  /** The initial value of every element. */
  double initial() {
    return initial;
  }

  TensorRule rule() {
    return rule;
  }

  /** The component that declared the state. */
  ComponentOrigin contributor() {
    return contributor;
  }

  /** The outputs that the rule reads. */
  List<NodeOutput> inputs() {
    return inputs;
  }

  @Override
  public Signal signal() {
    return signal;
  }

  @Override
  public void setRule(TensorRule next, Signal... signals) {
    rule = next;
    inputs = Arrays.stream(signals).map(NodeOutput.class::cast).toList();
  }
}
