package org.gantry.training;

import ai.djl.ndarray.NDArray;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.Autograd.CheckedGradients;

/** Finds the node or parameter behind a number that is not finite. */
final class NonFiniteSearch {

  private NonFiniteSearch() {}

  /** Names the first node of a phase, in the order of evaluation, whose value is not finite. */
  static NonFiniteException behindTerm(
      long step, String term, double number, StepPhase phase, EvaluationPass pass) {
    GraphNode culprit =
        phase.nodes().stream()
            .map(PhaseNode::graphNode)
            .filter(n -> pass.values(n).stream().anyMatch(NonFiniteSearch::isAnyNonFinite))
            .findFirst()
            .orElseThrow();
    return new NonFiniteException(step, term, number, culprit.name(), culprit.contributor());
  }

  /**
   * Checks the gradients of a player. A norm that only exceeds float32 passes.
   *
   * @throws NonFiniteException naming the first parameter whose gradient is not finite
   */
  static void requireFinite(long step, PlayerState player, CheckedGradients checked) {
    if (Double.isFinite(checked.norm())) {
      return;
    }
    int index = 0;
    for (NetworkWeights network : player.networks()) {
      for (String parameter : network.trainableNames()) {
        if (isAnyNonFinite(checked.gradients().get(index++))) {
          throw new NonFiniteException(
              step,
              player.name() + "/gradient",
              checked.norm(),
              "the gradient of " + network.role().role() + "/" + parameter,
              network.role().origin());
        }
      }
    }
  }

  private static boolean isAnyNonFinite(NDArray array) {
    boolean recording = Autograd.setRecording(false);
    try (NDArray infinite = array.isInfinite();
        NDArray missing = array.isNaN();
        NDArray either = infinite.logicalOr(missing);
        NDArray any = either.any()) {
      return any.getBoolean();
    } finally {
      Autograd.setRecording(recording);
    }
  }
}
