package org.gantry.sampler;

import ai.djl.ndarray.NDArray;

/** Draws samples from a trained model. */
public interface Sampler {

  /**
   * Draws samples. A sampler that only chooses the inputs lets {@link SamplingRequest#make} do the
   * rest. One that applies networks itself should do so in chunks, because the memory that a
   * network needs grows with its batch.
   *
   * @return shape ({@code request.count()}, ...), in the scale of the data; belongs to {@code
   *     request.model().manager()}
   * @throws org.gantry.component.UnusableComponentException if the model lacks what the sampler
   *     needs
   */
  NDArray sample(SamplingRequest request);

  /**
   * The number of consecutive samples that belong together and that a picture shows in one row,
   * such as those of a path; 0 if samples are independent.
   */
  default int rowLength() {
    return 0;
  }
}
