package org.gantry.plugin.crossentropy;

import static ai.djl.nn.Activation.softPlus;
import static org.gantry.component.ComponentKind.LOSS;

import ai.djl.ndarray.NDArray;
import org.gantry.component.Component;

/**
 * The zero-sum game of the first GAN: the generator minimises E[log(1 − D(G(z)))], which is minus
 * the softplus of the score. Its gradient vanishes when the discriminator wins.
 */
@Component(
    kind = LOSS,
    name = "minimax",
    summary = "The zero-sum loss of the first GAN; it saturates when the discriminator wins",
    paper = "arXiv:1406.2661, equation 1")
final class MinimaxLoss implements CrossEntropy {

  @Override
  public NDArray generatorLoss(NDArray fake) {
    return softPlus(fake).mean().neg();
  }
}
