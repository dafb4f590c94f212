package org.gantry.loss;

import ai.djl.ndarray.NDArray;

/** A score loss that drives real scores towards a target, which label smoothing can lower. */
public interface TargetLoss extends ScoreLoss {

  /**
   * What has to be added to {@link #discriminator} so that the target of real samples becomes
   * {@code alpha} instead of 1, up to a constant.
   *
   * @param real the discriminator's scores of real samples, shape (batch, 1)
   * @param alpha the smoothed target, in (0, 1]; at 1 the result is 0
   * @return a scalar
   */
  NDArray smoothing(NDArray real, double alpha);
}
