package org.gantry.plugin.hinge;

import static ai.djl.nn.Activation.relu;
import static org.gantry.component.ComponentKind.LOSS;

import ai.djl.ndarray.NDArray;
import org.gantry.component.Component;
import org.gantry.loss.ScoreLoss;

/** The discriminator separates with a margin and leaves alone what lies beyond it. */
@Component(
    kind = LOSS,
    name = "hinge",
    summary = "A margin of 1 around zero for the discriminator; the mean score for the generator",
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
