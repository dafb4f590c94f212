package org.gantry.plugin.crossentropy;

import static ai.djl.nn.Activation.softPlus;

import ai.djl.ndarray.NDArray;
import org.gantry.loss.TargetLoss;

/**
 * The discriminator of the original GAN (arXiv:1406.2661, equation 1). With D the sigmoid of the
 * score, it minimises −E[log D(x)] − E[log(1 − D(G(z)))]. Generators differ in their own objective.
 */
interface CrossEntropy extends TargetLoss {

  @Override
  default NDArray discriminatorLoss(NDArray real, NDArray fake) {
    return softPlus(real.neg()).mean().add(softPlus(fake).mean());
  }
}
