package org.gantry.sampler;

import ai.djl.ndarray.NDArray;

/** Draws samples from a trained model. */
public interface Sampler {

  /**
   * Draws samples. A sampler should apply the networks in chunks, because the memory that a network
   * needs grows with its batch.
   *
   * @param model the trained networks
   * @param count the number of samples, at least 1
   * @return shape (count, ...), in the scale of the data; belongs to {@code model.manager()}
   */
  NDArray sample(TrainedModel model, int count);
}
