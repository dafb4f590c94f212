package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.gantry.loss.TargetLoss;

/** Cross entropy over logits, for checks of components that need a loss. */
final class CrossEntropyLoss implements TargetLoss {

  @Override
  public NDArray discriminatorLoss(NDArray real, NDArray fake) {
    return Activation.softPlus(real.neg()).mean().add(Activation.softPlus(fake).mean());
  }

  @Override
  public NDArray generatorLoss(NDArray fake) {
    return Activation.softPlus(fake.neg()).mean();
  }
}
