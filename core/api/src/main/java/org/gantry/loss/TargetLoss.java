package org.gantry.loss;

import ai.djl.ndarray.NDArray;

/** A score loss that drives real scores towards a target. Label smoothing lowers the target. */
public interface TargetLoss extends ScoreLoss {

  /**
   * Returns the term that lowers the target of real samples from 1 to {@code alpha} when it is
   * added to {@link #discriminatorLoss}. A constant is left out.
   *
   * <p>The default is right for cross entropy over logits and for half the squared distance. In
   * both, a target t and a score s occur together only in the summand −ts.
   *
   * @param real the scores of real samples, shape (batch, 1)
   * @param alpha the smoothed target, in (0, 1]; at 1 the result is 0
   * @return a scalar; belongs to the manager of the scores
   */
  default NDArray smoothingTerm(NDArray real, double alpha) {
    // Multiply before the mean: a scalar times a double would become float64.
    return real.mul(1 - alpha).mean();
  }
}
