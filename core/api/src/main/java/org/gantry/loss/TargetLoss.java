package org.gantry.loss;

import ai.djl.ndarray.NDArray;

/** A score loss that drives real scores towards a target, which label smoothing can lower. */
public interface TargetLoss extends ScoreLoss {

  /**
   * What has to be added to {@link #discriminatorLoss} so that the target of real samples becomes
   * {@code alpha} instead of 1, up to a constant.
   *
   * <p>As it stands it suits cross entropy over logits and half the squared distance: in both, a
   * target t and a score s meet only in the summand −ts.
   *
   * @param real the discriminator's scores of real samples, shape (batch, 1)
   * @param alpha the smoothed target, in (0, 1]; at 1 the result is 0
   * @return a scalar, belonging to the manager of the scores
   */
  default NDArray smoothingTerm(NDArray real, double alpha) {
    // The factor comes first: a scalar times a double would become float64.
    return real.mul(1 - alpha).mean();
  }
}
