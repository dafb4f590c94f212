package org.gantry.plugin.leastsquares;

import static org.gantry.component.ComponentKind.LOSS;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.loss.ScoreLoss;

/**
 * Least squares with free targets. With b − c = 1 and b − a = 2, as the defaults have it, the
 * generator minimises the Pearson χ² divergence between twice its density and the sum of both.
 */
@Component(
    kind = LOSS,
    name = "least-squares-abc",
    summary = "Squared distance to targets of one's own; by default those of Pearson's chi-squared",
    paper = "arXiv:1611.04076, sections 3.1 and 3.2")
final class LeastSquaresAbcLoss implements ScoreLoss {

  /** The three targets, by the paper's letters. */
  record Options(
      @Description("the score that the discriminator wants for fakes") @DefaultValue("-1") double a,
      @Description("the score that the discriminator wants for real samples") @DefaultValue("1")
          double b,
      @Description("the score that the generator wants for fakes") @DefaultValue("0") double c) {}

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

  /** The mirror image of the generator's target, about the middle between a and b. */
  @Override
  public NDArray realExampleLoss(NDArray real) {
    return distance(real, target.a() + target.b() - target.c());
  }

  private static NDArray distance(NDArray score, double target) {
    return score.sub(target).square().mean().div(2);
  }
}
