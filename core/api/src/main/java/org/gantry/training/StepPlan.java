package org.gantry.training;

import java.util.List;

/**
 * What one training step does: a phase per update of a player, in order.
 *
 * @param phases the phases of a step
 * @param networks the networks, with their players and sizes
 */
public record StepPlan(List<StepPhase> phases, List<NetworkSize> networks) {

  /** Copies the lists. */
  public StepPlan {
    phases = List.copyOf(phases);
    networks = List.copyOf(networks);
  }

  /**
   * One update of one player.
   *
   * @param player who updates
   * @param draw which batch of the step it uses, from 0
   * @param operations what is evaluated or reused, in order
   * @param frozen the networks that take part but get no gradient of their own
   */
  public record StepPhase(
      String player, int draw, List<PhaseNode> operations, List<String> frozen) {

    /** Copies the lists. */
    public StepPhase {
      operations = List.copyOf(operations);
      frozen = List.copyOf(frozen);
    }
  }

  /**
   * One node in one phase.
   *
   * @param node the node's id
   * @param reused whether the value of an earlier phase is taken instead of evaluating again
   * @param recorded whether the evaluation is recorded for gradients
   * @param kept whether a later phase reuses the value
   */
  public record PhaseNode(int node, boolean reused, boolean recorded, boolean kept) {}

  /**
   * One network.
   *
   * @param role its role
   * @param player who updates it
   * @param origin the architecture
   * @param parameters the number of trainable numbers
   * @param flops an estimate of the multiply-adds of one forward pass over a batch, times two
   */
  public record NetworkSize(
      String role, String player, ComponentOrigin origin, long parameters, long flops) {}
}
