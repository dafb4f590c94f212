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
 * The analytic form of instance noise with a small variance γ. With s the score and D its sigmoid,
 * the discriminator also minimises
 *
 * <pre>
 * γ / 2 · (E_x[(1 − D(x))² ‖∇s(x)‖²] + E_z[D(G(z))² ‖∇s(G(z))‖²])
 * </pre>
 *
 * <p>So the discriminator must be flat where it is wrong and may be steep where it is right. The
 * penalty requires a loss in which D is a probability, such as {@code non-saturating}. In the
 * paper, γ falls exponentially from 2 to a hundredth of that, or stays at 0.1.
 *
 * <p>The squared norm is a sum over all values of a sample. For a sample with several scores, such
 * as those of patches, D is the sigmoid of their mean.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "noise-penalty",
    summary = "Analytic instance noise: the discriminator is flat where it is wrong",
    paper = "arXiv:1705.09367, algorithm 1")
final class NoisePenalty implements Regularizer {

  private static final String NAME = "noise-penalty";

  /** The variance of the noise and its schedule. */
  record Options(
      @Description("the variance of the modelled noise at the first step")
          @DefaultValue("0.1")
          @Positive double gamma,
      @Description(
              "the share of gamma that remains at the end of the training; 1 keeps gamma"
                  + " constant")
          @DefaultValue("1")
          @Positive @DecimalMax("1") double left,
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
      double totalWeight =
          pair.fakes().stream().mapToDouble(FakeExample::discriminatorWeight).sum();
      if (totalWeight == 0) {
        continue;
      }
      // The loss scores the real sample once per fake, with the weight of the fake.
      List<Integer> ports = InputGradientNorm.comparedPorts(pair.real(), pair.fakes());
      penalise(
          graph,
          pair.discriminator(),
          pair.real(),
          ports,
          totalWeight,
          NoisePenalty::realPenalty,
          share);
      for (FakeExample fake : pair.fakes()) {
        if (fake.discriminatorWeight() != 0 && InputGradientNorm.isOtherSample(pair.real(), fake)) {
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
   * The mean of (1 − D)² times the squared gradient norm.
   *
   * @param scores shape (batch, ...)
   * @param squared squared norms of the gradients of the scores, shape (batch)
   * @return a scalar
   */
  static NDArray realPenalty(NDArray scores, NDArray squared) {
    return fakePenalty(scores.neg(), squared);
  }

  /** The mean of D² times the squared gradient norm; see {@link #realPenalty}. */
  static NDArray fakePenalty(NDArray scores, NDArray squared) {
    NDArray score = scores.reshape(scores.getShape().get(0), -1).mean(new int[] {1});
    return Activation.sigmoid(score).square().mul(squared).mean();
  }
}
