package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.gantry.loss.TargetLoss;

/** The loss that what is tried with a loss is tried with: cross entropy over logits. */
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
