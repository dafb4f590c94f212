package org.gantry.training;

import java.util.List;

/** What one training step does: a phase for each update of a player, in order. */
public final class StepPlan {

  private final List<StepPhase> all;

  /**
   * Creates a plan.
   *
   * @param all the phases; the last one has no player and only observes
   */
  StepPlan(List<StepPhase> all) {
    this.all = List.copyOf(all);
  }

  /** The phases that update a player, in order. */
  public List<StepPhase> phases() {
    return all.subList(0, all.size() - 1);
  }

  /** The phases, and at the end the one without a player, which only observes. */
  List<StepPhase> phasesAndObservation() {
    return all;
  }

  /** The number of batches that a step uses. */
  int drawsPerStep() {
    return 1 + all.get(all.size() - 1).draw();
  }
}
