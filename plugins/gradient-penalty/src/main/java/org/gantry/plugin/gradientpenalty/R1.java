package org.gantry.plugin.gradientpenalty;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.component.Kind;
import org.gantry.graph.Example;
import org.gantry.graph.Graph;
import org.gantry.graph.Pair;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;

/**
 * Makes the score flat at real samples: half of gamma times the mean squared norm of its gradient
 * there. The norm is a sum over all of a sample's numbers, so gamma depends on their count.
 *
 * <p>Of a sample and its code together, the slope is that of the discriminator alone: that the code
 * would move with the sample, through the encoder, is not its doing.
 */
@Component(
    kind = Kind.REGULARIZER,
    name = "r1",
    summary = "Makes the discriminator flat at real samples; converges where others circle",
    paper = "arXiv:1801.04406, section 4.1")
final class R1 implements Regularizer {

  private static final String NAME = "r1";

  /** What can be set. */
  record Options(
      @Doc("the paper's gamma, of which half counts") @Default("10") @PositiveOrZero double gamma,
      @Doc("the roles of the discriminators to penalise; empty for all") @Default("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  R1(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    for (Pair pair : Slope.pairs(graph, options.networks())) {
      List<Integer> ports = Slope.judged(pair.real(), pair.fakes());
      Signal penalty =
          Slope.at(
              graph,
              NAME,
              pair.discriminator(),
              ports.size() > 1 ? apart(graph, pair.real(), ports) : pair.real(),
              ports,
              NDArray::mean);
      graph.minimise(pair.discriminator().player(), NAME, options.gamma() / 2, penalty);
    }
  }

  /** Copies of the signals, none of which depends on another, at the price of one more pass. */
  private static Example apart(Graph graph, Example example, List<Integer> ports) {
    return Slope.moved(
        example,
        ports,
        i -> graph.map(NAME + "-point", NDArray::duplicate, example.signals().get(i)));
  }
}
