package org.gantry.training;

import java.util.List;

/** One phase of a step: the evaluation of nodes, then the update of a player. */
public final class StepPhase {

  private final String player;
  private final int draw;
  private final List<PhaseNode> nodes;

  StepPhase(String player, int draw, List<PhaseNode> nodes) {
    this.player = player;
    this.draw = draw;
    this.nodes = List.copyOf(nodes);
  }

  /** The player that updates; empty for the phase that only observes. */
  public String player() {
    return player;
  }

  /** The number of the batch within the step, from 0. */
  public int draw() {
    return draw;
  }

  /** The nodes that the phase evaluates or reuses, in order. */
  public List<PhaseNode> nodes() {
    return nodes;
  }

  /** The roles of the networks that take part without a gradient of their own. */
  public List<String> frozen() {
    return nodes.stream()
        .filter(PhaseNode::frozen)
        .map(planned -> planned.node().role())
        .distinct()
        .toList();
  }

  /** Whether a later phase reuses a value of this one. */
  boolean keepsValues() {
    return nodes.stream().anyMatch(PhaseNode::kept);
  }
}
