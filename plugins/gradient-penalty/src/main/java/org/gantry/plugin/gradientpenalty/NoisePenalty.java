package org.gantry.plugin.gradientpenalty;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.function.BinaryOperator;
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
import org.gantry.loss.ScoreLoss;
import org.gantry.regularizer.Regularizer;

/**
 * What instance noise of small variance γ amounts to, without drawing any: with s the score and D
 * its sigmoid, the discriminator also minimises
 *
 * <pre>
 * γ / 2 · (E_x[(1 − D(x))² ‖∇s(x)‖²] + E_z[D(G(z))² ‖∇s(G(z))‖²])
 * </pre>
 *
 * <p>so it has to be flat where it is wrong, and may be steep where it is right. It supposes a loss
 * in which D is a probability, such as {@code non-saturating}. The paper's γ falls by the same
 * factor in every step from 2 to a hundredth of that, or stays at 0.1.
 *
 * <p>The norm is a sum over all of a sample's numbers. Of a sample that has several scores, such as
 * those of patches, D is the sigmoid of their mean.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "noise-penalty",
    summary =
        "Makes the discriminator flat where it is wrong, as instance noise would, without any",
    paper = "arXiv:1705.09367, algorithm 1")
final class NoisePenalty implements Regularizer {

  private static final String NAME = "noise-penalty";

  /** What can be set. */
  record Options(
      @Description("the variance of the noise that it stands for, gamma, at the first step")
          @DefaultValue("0.1")
          @Positive
          double gamma,
      @Description("the share of gamma that is left at the end of the training; 1 to keep it")
          @DefaultValue("1")
          @Positive
          @DecimalMax("1")
          double left,
      @Description("the roles of the discriminators to penalise; empty for all") @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  NoisePenalty(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    List<AdversarialPair> pairs = graph.pairs(options.networks());
    Signal share =
        graph.schedule(
            NAME + "-share", (step, steps) -> Math.pow(options.left(), step / (double) steps));
    for (AdversarialPair pair : pairs) {
      double judged = pair.fakes().stream().mapToDouble(FakeExample::discriminatorWeight).sum();
      if (judged == 0) {
        continue;
      }
      // The loss judges the real sample once beside each fake, as often as that counts.
      List<Integer> ports = InputGradientNorm.comparedPorts(pair.real(), pair.fakes());
      penalise(
          graph,
          pair.discriminator(),
          pair.real(),
          ports,
          judged,
          NoisePenalty::realPenalty,
          share);
      for (FakeExample fake : pair.fakes()) {
        if (fake.discriminatorWeight() != 0) {
          penalise(
              graph,
              pair.discriminator(),
              fake.example(),
              InputGradientNorm.comparedPorts(pair.real(), List.of(fake)),
              fake.discriminatorWeight(),
              NoisePenalty::fakePenalty,
              share);
        }
      }
    }
  }

  private void penalise(
      Graph graph,
      Network discriminator,
      Example example,
      List<Integer> ports,
      double weight,
      BinaryOperator<NDArray> penalty,
      Signal share) {
    Example where = InputGradientNorm.independentCopies(graph, example, ports);
    Signal score = discriminator.apply(where).get(ScoreLoss.SCORE);
    Signal squared =
        InputGradientNorm.squaredNorms(graph, NAME + "-slope", discriminator, where, ports);
    Signal mean = graph.map(NAME, penalty, score, squared);
    Signal now = graph.map(NAME + "-now", (p, s) -> p.mul(s), mean, share);
    graph.minimise(discriminator.player(), NAME, weight * options.gamma() / 2, now);
  }

  /**
   * The mean of (1 − D)² times the slope.
   *
   * @param scores shape (batch, ...)
   * @param squared squared norms of the scores' gradients, shape (batch)
   * @return a scalar
   */
  static NDArray realPenalty(NDArray scores, NDArray squared) {
    return fakePenalty(scores.neg(), squared);
  }

  /** The mean of D² times the slope; see {@link #realPenalty}. */
  static NDArray fakePenalty(NDArray scores, NDArray squared) {
    NDArray score = scores.reshape(scores.getShape().get(0), -1).mean(new int[] {1});
    return Activation.sigmoid(score).square().mul(squared).mean();
  }
}
