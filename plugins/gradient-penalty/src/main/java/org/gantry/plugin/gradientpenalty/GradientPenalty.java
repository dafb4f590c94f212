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
 * Holds the norm of the score's gradient near 1 on the lines between real and fake samples, which
 * bounds a critic's slope where it matters. It supposes that every sample is scored by itself, so
 * the discriminator should not normalise over the batch.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "gradient-penalty",
    summary = "Holds the discriminator's slope between real and fake near 1, as in WGAN-GP",
    paper = "arXiv:1704.00028, equation 3")
final class GradientPenalty implements Regularizer {

  private static final String NAME = "gradient-penalty";

  /** The defaults are the paper's. */
  record Options(
      @Description("how much the penalty counts") @DefaultValue("10") @PositiveOrZero double weight,
      @Description("the norm of the gradient that costs nothing") @DefaultValue("1") @PositiveOrZero
          double target,
      @Description("whether smaller norms cost nothing either") @DefaultValue("false")
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
        if (fake.discriminatorWeight() != 0) {
          penalise(graph, pair, fake);
        }
      }
    }
  }

  private void penalise(Graph graph, AdversarialPair pair, FakeExample fake) {
    List<Integer> ports = InputGradientNorm.comparedPorts(pair.real(), List.of(fake));
    // One share for all that is scored together: the line runs between whole examples.
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
   * @param share how much of the real sample, for each score, in [0, 1]
   */
  static NDArray interpolate(NDArray real, NDArray fake, NDArray share) {
    return real.sub(fake).mul(InputGradientNorm.perSample(share, real)).add(fake);
  }
}
