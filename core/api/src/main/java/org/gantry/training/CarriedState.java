package org.gantry.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;

/** A scalar that the training carries, and the rule for its next value. */
final class CarriedState implements ScalarState {

  private final String name;
  private final double initial;
  private Signal signal;
  private StateRule rule = (value, signals) -> value;
  private List<GraphNode.NodeOutput> inputs = List.of();

  CarriedState(String name, double initial) {
    this.name = name;
    this.initial = initial;
  }

  void bind(Signal signal) {
    this.signal = signal;
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

  List<GraphNode.NodeOutput> inputs() {
    return inputs;
  }

  @Override
  public Signal signal() {
    return signal;
  }

  @Override
  public void setRule(StateRule rule, Signal... signals) {
    this.rule = rule;
    List<GraphNode.NodeOutput> values = new ArrayList<>();
    Arrays.stream(signals).forEach(s -> values.add((GraphNode.NodeOutput) s));
    inputs = List.copyOf(values);
  }
}
