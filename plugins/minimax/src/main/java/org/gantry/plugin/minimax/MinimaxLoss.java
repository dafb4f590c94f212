package org.gantry.plugin.minimax;

import static ai.djl.nn.Activation.softPlus;
import static org.gantry.component.Kind.LOSS;

import ai.djl.ndarray.NDArray;
import org.gantry.component.Component;
import org.gantry.loss.TargetLoss;

/**
 * The two-player game as first stated: the generator minimises E[log(1 − D(G(z)))], whose gradient
 * vanishes once the discriminator wins. With D the sigmoid of the score, log(1 − D) is −softplus.
 */
@Component(
    kind = LOSS,
    name = "minimax",
    summary = "The original zero-sum game; its generator stalls when the discriminator wins",
    paper = "arXiv:1406.2661, equation 1")
final class MinimaxLoss implements TargetLoss {
  @Override
  public NDArray discriminator(NDArray real, NDArray fake) {
    return softPlus(real.neg()).mean().add(softPlus(fake).mean());
  }

  @Override
  public NDArray generator(NDArray fake) {
    return softPlus(fake).mean().neg();
  }
}
