package org.gantry.plugin.leastsquares;

import static org.gantry.component.ComponentKind.LOSS;

import ai.djl.ndarray.NDArray;
import org.gantry.component.Component;
import org.gantry.loss.TargetLoss;

/** Half the squared distance of scores from their targets: 1 for real samples, 0 for fakes. */
@Component(
    kind = LOSS,
    name = "least-squares",
    summary = "LSGAN loss: squared distance to the targets 1 for real and 0 for fake",
    paper = "arXiv:1611.04076, section 3.2")
final class LeastSquaresLoss implements TargetLoss {
  @Override
  public NDArray discriminatorLoss(NDArray real, NDArray fake) {
    return real.sub(1).square().mean().add(fake.square().mean()).div(2);
  }

  @Override
  public NDArray generatorLoss(NDArray fake) {
    return fake.sub(1).square().mean().div(2);
  }

  @Override
  public NDArray realExampleLoss(NDArray real) {
    return real.square().mean().div(2);
  }
}
