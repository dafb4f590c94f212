package org.gantry.training;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Learns how long each part of a training step takes. */
@FunctionalInterface
@ConsumerType
public interface StepTimer {

  /** What a part of a step does. */
  enum Activity {
    /** It evaluates a node. */
    EVALUATION,
    /** It computes the gradients of a player's terms, and checks them. */
    GRADIENTS,
    /** It updates the weights of a player, and their averages. */
    UPDATE,
    /** It reads watched values and computes carried ones. */
    OBSERVATION
  }

  /**
   * A part of a step.
   *
   * @param activity what it does
   * @param player whose phase it belongs to; empty for the phase that only observes
   * @param node the node that it evaluates, for an evaluation
   */
  record StepPart(Activity activity, String player, Optional<Node> node) {}

  /** Ignores the times. */
  StepTimer NONE = (part, nanoseconds) -> {};

  /** Is told after each part how long it took. */
  void took(StepPart part, long nanoseconds);
}
