package org.gantry.plugin.crossentropy;

import static ai.djl.nn.Activation.softPlus;
import static org.gantry.component.ComponentKind.LOSS;

import ai.djl.ndarray.NDArray;
import org.gantry.component.Component;

/**
 * The generator minimises −E[log D(G(z))], which is the softplus of the negated score. Its gradient
 * is largest where the discriminator rejects a fake with the most confidence.
 */
@Component(
    kind = LOSS,
    name = "non-saturating",
    summary = "The standard GAN loss: the generator maximises log D of its samples",
    paper = "arXiv:1406.2661, section 3")
final class NonSaturatingLoss implements CrossEntropy {

  @Override
  public NDArray generatorLoss(NDArray fake) {
    return softPlus(fake.neg()).mean();
  }
}
