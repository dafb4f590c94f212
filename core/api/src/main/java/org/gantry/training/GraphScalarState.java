package org.gantry.training;

import java.util.Arrays;
import java.util.List;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;

/** A scalar that the training carries, and the rule for its next value. */
final class GraphScalarState implements ScalarState {

  private final String name;
  private final double initial;
  private Signal signal;
  private StateRule rule = (value, signals) -> value;
  private List<NodeOutput> inputs = List.of();

  GraphScalarState(String name, double initial) {
    this.name = name;
    this.initial = initial;
  }

  void bind(Signal value) {
    signal = value;
  }

  String name() {
    return name;
  }

  double initial() {
    return initial;
  }

  StateRule rule() {
    return rule;
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
  public void setRule(StateRule next, Signal... signals) {
    rule = next;
    inputs = Arrays.stream(signals).map(NodeOutput.class::cast).toList();
  }
}
