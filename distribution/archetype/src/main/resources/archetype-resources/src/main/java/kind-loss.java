package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.loss.ScoreLoss;

/** Cross entropy over the scores of the discriminator. Replace it by your own loss. */
@Component(
    kind = ComponentKind.LOSS,
    name = "${name}",
    summary = "Cross entropy, where the generator maximises the probability that its samples are real")
final class ${className} implements ScoreLoss {

  @Override
  public NDArray discriminatorLoss(NDArray real, NDArray fake) {
    return Activation.softPlus(real.neg()).mean().add(Activation.softPlus(fake).mean());
  }

  @Override
  public NDArray generatorLoss(NDArray fake) {
    return Activation.softPlus(fake.neg()).mean();
  }
}
