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
 * Keeps the codes of generated samples from pointing the same way. For the codes s₁ ... s_N that
 * the discriminator has for a batch of fakes, whoever makes the fakes minimises
 *
 * <pre>
 * f(S) = 1 / (N (N − 1)) · Σᵢ Σ_{j≠i} (sᵢ · sⱼ / (‖sᵢ‖ ‖sⱼ‖))²
 * </pre>
 *
 * <p>which is 0 where all are at right angles and 1 where all lie on one line. Two points matter,
 * and known toolkits miss one or the other. The cosine is squared: without the square the least is
 * had by codes in opposite pairs, not by right angles. And the mean is over the N (N − 1) pairs off
 * the diagonal, of codes, not of pixels. Codes should come before an activation; those that cannot
 * be negative have no right angles to go to but by being sparse.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "pulling-away",
    summary = "Keeps the codes of generated samples from pointing the same way",
    paper = "arXiv:1609.03126, section 2.4")
final class PullingAway implements Regularizer {

  private static final String NAME = "pulling-away";

  /** What keeps codes of length zero from dividing by it. */
  private static final double TINY = 1e-12;

  /** What can be set. */
  record Options(
      @Description("how much it counts beside what the maker of the fakes minimises")
          @DefaultValue("0.1")
          @Positive
          double weight,
      @Description(
              "the port of the discriminator that gives the codes: code for autoencoders, or"
                  + " features")
          @DefaultValue("code")
          String port,
      @Description("the roles of the discriminators whose fakes are pulled away; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  PullingAway(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    for (AdversarialPair pair : graph.pairs(options.networks())) {
      pair.fakes().forEach(fake -> pull(graph, pair, fake));
    }
  }

  private void pull(Graph graph, AdversarialPair pair, FakeExample fake) {
    if (fake.generatorWeight() == 0 || fake.makers().isEmpty()) {
      return;
    }
    Signal codes = pair.discriminator().apply(fake.example()).get(options.port());
    if (codes.shape().get(0) < 2) {
      throw new UnusableComponentException(
          "the pulling-away term needs a batch of at least 2 samples");
    }
    Signal term = graph.map(NAME, PullingAway::alignment, codes);
    for (String maker : fake.makers()) {
      graph.minimise(maker, NAME, options.weight() * fake.generatorWeight(), term);
    }
  }

  /**
   * The mean squared cosine between different codes.
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
