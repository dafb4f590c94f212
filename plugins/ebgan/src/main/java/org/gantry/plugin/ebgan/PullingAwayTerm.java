package org.gantry.plugin.ebgan;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;

/**
 * The pulling-away term. It keeps the codes of generated samples from pointing in the same
 * direction. With s₁ ... s_N the discriminator's codes of a batch of fakes, the makers of the fakes
 * minimise
 *
 * <pre>
 * f(S) = 1 / (N (N − 1)) · Σᵢ Σ_{j≠i} (sᵢ · sⱼ / (‖sᵢ‖ ‖sⱼ‖))²
 * </pre>
 *
 * <p>The term is 0 for orthogonal codes and 1 for codes on one line. The cosine is squared; without
 * the square, codes in opposite pairs would have the smallest value. The mean is over the N (N − 1)
 * pairs off the diagonal, of codes and not of pixels. Codes should have no activation, because
 * non-negative codes are orthogonal only if they are sparse.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "pulling-away",
    summary = "Pulling-away term: makes the codes of generated samples orthogonal",
    paper = "arXiv:1609.03126, section 2.4")
final class PullingAwayTerm implements Regularizer {

  private static final String NAME = "pulling-away";

  /** Prevents division by zero for codes of length zero. */
  private static final double TINY = 1e-12;

  /** The weight of the term and its codes. */
  record Options(
      @Description("the weight of the term in the loss of the fakes' makers")
          @DefaultValue("0.1")
          @Positive double weight,
      @Description(
              "the discriminator output that holds the codes: code for autoencoders, or"
                  + " features")
          @DefaultValue("code")
          String port,
      @Description("the roles of the discriminators whose codes are used; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  PullingAwayTerm(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    for (AdversarialPair pair : graph.pairs(options.networks())) {
      pair.fakes().forEach(fake -> addTerm(graph, pair, fake));
    }
  }

  private void addTerm(Graph graph, AdversarialPair pair, FakeExample fake) {
    if (fake.generatorWeight() == 0 || fake.makers().isEmpty()) {
      return;
    }
    Signal codes = pair.discriminator().apply(fake.example()).get(options.port());
    if (codes.shape().get(0) < 2) {
      throw new UnusableComponentException(
          "the pulling-away term needs a batch of at least 2 samples");
    }
    Signal term = graph.map(NAME, PullingAwayTerm::alignment, codes);
    for (String maker : fake.makers()) {
      graph.minimise(maker, NAME, options.weight() * fake.generatorWeight(), term);
    }
  }

  /**
   * The mean squared cosine between codes of different samples.
   *
   * @param codes shape (N, ...), N at least 2
   * @return a scalar in [0, 1]
   */
  static NDArray alignment(NDArray codes) {
    long n = codes.getShape().get(0);
    NDArray rows = codes.reshape(n, -1);
    NDArray unit = rows.div(rows.square().sum(new int[] {1}, true).add(TINY).sqrt());
    NDArray cosines = unit.matMul(unit.transpose());
    NDArray own = unit.square().sum(new int[] {1}).square();
    return cosines.square().sum(new int[] {1}).sub(own).mul(1.0 / (n * (n - 1))).sum();
  }
}
