package org.gantry.plugin.gradientpenalty;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;

/**
 * The gradient penalty of WGAN-GP. It holds the norm of the score's gradient near 1 on the lines
 * between real and fake samples, which bounds the slope of a critic where it matters. It requires a
 * score that depends on one sample only, so the discriminator should not have batch normalisation.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "gradient-penalty",
    summary =
        "WGAN-GP: holds the gradient norm of the discriminator near 1 between real and"
            + " fake samples",
    paper = "arXiv:1704.00028, equation 3")
final class GradientPenalty implements Regularizer {

  private static final String NAME = "gradient-penalty";

  /** The defaults are those of the paper. */
  record Options(
      @Description("the weight of the penalty") @DefaultValue("10") @PositiveOrZero double weight,
      @Description("the gradient norm without a penalty") @DefaultValue("1") @PositiveOrZero double target,
      @Description("whether norms below the target have no penalty") @DefaultValue("false")
          boolean oneSided,
      @Description("the roles of the discriminators to penalise; empty for all") @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  GradientPenalty(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    for (AdversarialPair pair : graph.pairs(options.networks())) {
      for (FakeExample fake : pair.fakes()) {
        if (fake.discriminatorWeight() != 0 && InputGradientNorm.isOtherSample(pair.real(), fake)) {
          penalise(graph, pair, fake);
        }
      }
    }
  }

  private void penalise(Graph graph, AdversarialPair pair, FakeExample fake) {
    List<Integer> ports = InputGradientNorm.comparedPorts(pair.real(), List.of(fake));
    // Samples that share a score share the weight: the line joins whole examples.
    Signal share = InputGradientNorm.uniformPerScore(graph, NAME + "-share", pair.discriminator());
    List<Signal> real = pair.real().signals();
    List<Signal> made = fake.example().signals();
    Example between =
        InputGradientNorm.replaceSignals(
            pair.real(),
            ports,
            i ->
                graph.combine(
                    "between",
                    v -> interpolate(v.get(0), v.get(1), v.get(2)),
                    real.get(i),
                    made.get(i),
                    share));
    Signal penalty =
        InputGradientNorm.penalty(
            graph,
            NAME,
            pair.discriminator(),
            between,
            ports,
            squared ->
                InputGradientNorm.meanSquaredDeviation(
                    squared, options.target(), options.oneSided()));
    graph.minimise(
        pair.discriminator().player(),
        NAME,
        options.weight() * fake.discriminatorWeight(),
        penalty);
  }

  /**
   * Points on the lines between real and fake samples.
   *
   * @param real shape (batch, ...)
   * @param fake the same shape
   * @param share the weight of the real sample per score, in [0, 1]
   */
  static NDArray interpolate(NDArray real, NDArray fake, NDArray share) {
    return real.sub(fake).mul(InputGradientNorm.perSample(share, real)).add(fake);
  }
}
