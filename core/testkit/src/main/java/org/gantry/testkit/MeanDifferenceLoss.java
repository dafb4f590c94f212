package org.gantry.testkit;

import ai.djl.ndarray.NDArray;
import org.gantry.loss.ScoreLoss;

/**
 * The simplest loss there is, for tests of everything but losses: the discriminator minimises the
 * mean score of fakes less that of real samples, and the generator what is left of it, so the
 * gradient of every score is one over the size of the batch.
 */
public record MeanDifferenceLoss() implements ScoreLoss {

  @Override
  public NDArray discriminatorLoss(NDArray real, NDArray fake) {
    return fake.mean().sub(real.mean());
  }

  @Override
  public NDArray generatorLoss(NDArray fake) {
    return fake.mean().neg();
  }
}
