package org.gantry.plugin.hinge;

import static ai.djl.nn.Activation.relu;
import static org.gantry.component.ComponentKind.LOSS;

import ai.djl.ndarray.NDArray;
import org.gantry.component.Component;
import org.gantry.loss.ScoreLoss;

/**
 * The discriminator minimises max(0, 1 − s) on real scores and max(0, 1 + s) on fake ones. Scores
 * beyond the margin have no gradient.
 */
@Component(
    kind = LOSS,
    name = "hinge",
    summary =
        "Hinge loss: a margin of 1 for the discriminator, the mean score for the" + " generator",
    paper = "arXiv:1705.02894")
final class HingeLoss implements ScoreLoss {
  @Override
  public NDArray discriminatorLoss(NDArray real, NDArray fake) {
    return relu(real.neg().add(1)).mean().add(relu(fake.add(1)).mean());
  }

  @Override
  public NDArray generatorLoss(NDArray fake) {
    return fake.mean().neg();
  }
}
