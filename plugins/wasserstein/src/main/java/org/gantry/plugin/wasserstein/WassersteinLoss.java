package org.gantry.plugin.wasserstein;

import static org.gantry.component.ComponentKind.LOSS;

import ai.djl.ndarray.NDArray;
import org.gantry.component.Component;
import org.gantry.loss.ScoreLoss;

/**
 * The difference of mean scores. It estimates the Wasserstein-1 distance only if the slope of the
 * discriminator is bounded, so it needs a gradient penalty or weight clipping.
 */
@Component(
    kind = LOSS,
    name = "wasserstein",
    summary =
        "WGAN loss: the difference of mean scores; needs a gradient penalty or weight"
            + " clipping",
    paper = "arXiv:1701.07875, algorithm 1")
final class WassersteinLoss implements ScoreLoss {
  @Override
  public NDArray discriminatorLoss(NDArray real, NDArray fake) {
    return real.mean().neg().add(fake.mean());
  }

  @Override
  public NDArray generatorLoss(NDArray fake) {
    return fake.mean().neg();
  }
}
