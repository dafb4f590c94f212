package org.gantry.testkit;

import ai.djl.ndarray.NDArray;
import org.gantry.loss.ScoreLoss;

/**
 * The simplest loss, for tests of other components. The discriminator minimises the mean score of
 * fakes minus the mean score of real samples. The generator minimises the negated mean score of its
 * samples. The gradient of each score is 1 or -1, divided by the batch size.
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
