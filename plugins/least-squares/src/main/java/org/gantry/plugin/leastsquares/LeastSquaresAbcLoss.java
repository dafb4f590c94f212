package org.gantry.plugin.leastsquares;

import static org.gantry.component.ComponentKind.LOSS;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.loss.ScoreLoss;

/**
 * Least squares with free targets. With b − c = 1 and b − a = 2, as in the defaults, the generator
 * minimises the Pearson χ² divergence between the sum of both densities and twice its own.
 */
@Component(
    kind = LOSS,
    name = "least-squares-abc",
    summary =
        "LSGAN loss with free targets; the defaults give the Pearson chi-squared" + " divergence",
    paper = "arXiv:1611.04076, sections 3.1 and 3.2")
final class LeastSquaresAbcLoss implements ScoreLoss {

  /** The three targets, named as in the paper. */
  record Options(
      @Description("the target of the discriminator for fakes") @DefaultValue("-1") double a,
      @Description("the target of the discriminator for real samples") @DefaultValue("1") double b,
      @Description("the target of the generator for fakes") @DefaultValue("0") double c) {}

  private final Options target;

  @Inject
  LeastSquaresAbcLoss(Options target) {
    this.target = target;
  }

  @Override
  public NDArray discriminatorLoss(NDArray real, NDArray fake) {
    return distance(real, target.b()).add(distance(fake, target.a()));
  }

  @Override
  public NDArray generatorLoss(NDArray fake) {
    return distance(fake, target.c());
  }

  /** Mirrors the generator's target about the middle between a and b. */
  @Override
  public NDArray realExampleLoss(NDArray real) {
    return distance(real, target.a() + target.b() - target.c());
  }

  private static NDArray distance(NDArray score, double target) {
    return score.sub(target).square().mean().div(2);
  }
}
