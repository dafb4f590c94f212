package org.gantry.plugin.nonsaturating;

import static ai.djl.nn.Activation.softPlus;
import static org.gantry.component.Kind.LOSS;

import ai.djl.ndarray.NDArray;
import org.gantry.component.Component;
import org.gantry.loss.TargetLoss;

/**
 * The game with the generator's heuristic objective: it minimises −E[log D(G(z))], whose gradient
 * is greatest where the discriminator is surest. With D the sigmoid of the score, −log D is
 * softplus of the negated score.
 */
@Component(
    kind = LOSS,
    name = "non-saturating",
    summary = "The usual GAN loss: the generator maximises the log-probability of passing as real",
    paper = "arXiv:1406.2661, section 3")
final class NonSaturatingLoss implements TargetLoss {
  @Override
  public NDArray discriminator(NDArray real, NDArray fake) {
    return softPlus(real.neg()).mean().add(softPlus(fake).mean());
  }

  @Override
  public NDArray generator(NDArray fake) {
    return softPlus(fake.neg()).mean();
  }
}
