package org.gantry.sampler;

import ai.djl.ndarray.NDArray;

/** A way to produce output from a trained run. */
public interface Sampler {

  /**
   * Produces samples, in chunks if there are many: what a network needs in memory grows with its
   * batch.
   *
   * @param trained the trained networks
   * @param count how many samples to make, at least 1
   * @return shape (count, ...), in the data's own scale, belonging to {@code trained.manager()}
   */
  NDArray sample(TrainedModel trained, int count);
}
