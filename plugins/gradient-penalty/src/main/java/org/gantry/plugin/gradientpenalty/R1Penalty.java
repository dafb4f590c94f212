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
 * The R1 penalty: half of gamma times the mean squared norm of the score's gradient at real
 * samples. The squared norm is a sum over all values of a sample, so a suitable gamma depends on
 * their number.
 *
 * <p>With {@code fake-gamma} the same penalty also applies at fakes, which is the paper's R2.
 * Either alone is sufficient for local convergence. The metrics then have a term {@code r2} in
 * addition to {@code r1}.
 *
 * <p>For a sample with its code, the gradient treats both as independent inputs. It does not pass
 * through the encoder.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "r1",
    summary = "R1 and R2: flat discriminator at real or fake samples, for local convergence",
    paper = "arXiv:1801.04406, section 4.1")
final class R1Penalty implements Regularizer {

  private static final String NAME = "r1";

  /** The weights of R1 and R2. */
  record Options(
      @Description("the weight gamma of R1, of which half counts")
          @DefaultValue("10")
          @PositiveOrZero double gamma,
      @Description("the weight gamma of R2, at fakes; 0 for none")
          @DefaultValue("0")
          @PositiveOrZero double fakeGamma,
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
        if (gamma != 0 && InputGradientNorm.isOtherSample(pair.real(), fake)) {
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
