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
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;

/**
 * Makes the score flat at real samples: half of gamma times the mean squared norm of its gradient
 * there. The norm is a sum over all of a sample's numbers, so gamma depends on their count.
 *
 * <p>With {@code fake-gamma} the score is made flat at fakes, too, which is the paper's R2; either
 * alone is enough for its local convergence. Metrics then have a term {@code r2} beside {@code r1}.
 *
 * <p>Of a sample and its code together, the slope is that of the discriminator alone: that the code
 * would move with the sample, through the encoder, is not its doing.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "r1",
    summary = "Makes the discriminator flat at real samples; converges where others circle",
    paper = "arXiv:1801.04406, section 4.1")
final class R1Penalty implements Regularizer {

  private static final String NAME = "r1";

  /** What can be set. */
  record Options(
      @Description("the paper's gamma, of which half counts") @DefaultValue("10") @PositiveOrZero
          double gamma,
      @Description("the same at fakes, the paper's R2; 0 for none")
          @DefaultValue("0")
          @PositiveOrZero
          double fakeGamma,
      @Description("the roles of the discriminators to penalise; empty for all") @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  R1Penalty(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    for (AdversarialPair pair : graph.pairs(options.networks())) {
      if (options.gamma() > 0 || options.fakeGamma() == 0) {
        List<Integer> ports = InputGradientNorm.comparedPorts(pair.real(), pair.fakes());
        penalise(graph, NAME, pair.discriminator(), pair.real(), ports, options.gamma());
      }
      for (FakeExample fake : pair.fakes()) {
        double gamma = options.fakeGamma() * fake.discriminatorWeight();
        if (gamma != 0) {
          List<Integer> ports = InputGradientNorm.comparedPorts(pair.real(), List.of(fake));
          penalise(graph, "r2", pair.discriminator(), fake.example(), ports, gamma);
        }
      }
    }
  }

  private static void penalise(
      Graph graph,
      String name,
      Network discriminator,
      Example example,
      List<Integer> ports,
      double gamma) {
    Example where = InputGradientNorm.independentCopies(graph, example, ports);
    Signal penalty =
        InputGradientNorm.penalty(graph, name, discriminator, where, ports, NDArray::mean);
    graph.minimise(discriminator.player(), name, gamma / 2, penalty);
  }
}
