package org.gantry.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gantry.graph.Signal;
import org.gantry.graph.State;

/** A scalar that the training carries, and the rule for its next value. */
final class CarriedState implements State {

  private final String name;
  private final double initial;
  private Signal signal;
  private Rule rule = (value, signals) -> value;
  private List<Vertex.Value> inputs = List.of();

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

  Rule rule() {
    return rule;
  }

  List<Vertex.Value> inputs() {
    return inputs;
  }

  @Override
  public Signal signal() {
    return signal;
  }

  @Override
  public void next(Rule rule, Signal... signals) {
    this.rule = rule;
    List<Vertex.Value> values = new ArrayList<>();
    Arrays.stream(signals).forEach(s -> values.add((Vertex.Value) s));
    inputs = List.copyOf(values);
  }
}
