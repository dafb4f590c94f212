package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.loss.ScoreLoss;

/** Cross entropy over the discriminator's scores, to begin with. */
@Component(
    kind = ComponentKind.LOSS,
    name = "${name}",
    summary = "The discriminator tells real from fake; the generator wants to be taken for real")
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
