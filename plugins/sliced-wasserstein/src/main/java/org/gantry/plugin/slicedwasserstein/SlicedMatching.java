package org.gantry.plugin.slicedwasserstein;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
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
 * Matches a batch of fakes to a batch of real samples. Both are projected onto random directions
 * and sorted, and the generator moves each fake towards the real sample of its rank. So a mode with
 * too few fakes attracts fakes from modes with too many, which the scores of single samples cannot
 * do. In addition to an adversarial loss, which sees fine detail, the term keeps the shares of the
 * modes in balance.
 *
 * <p>The directions are uniform on the unit sphere, so the term is an unbiased estimate of the
 * squared sliced Wasserstein distance between the two batches. Two batches of one distribution also
 * differ by chance, less so the larger they are: use at least 256 samples.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "sliced-wasserstein",
    summary =
        "Sliced Wasserstein term: the generator matches a real batch as a whole, so"
            + " modes keep their shares",
    paper = "arXiv:1803.11188, section 3")
final class SlicedMatching implements Regularizer {

  private static final String NAME = "sliced-wasserstein";

  /** The size of the term. */
  record Options(
      @Description("the weight of the distance") @DefaultValue("1") @Positive double weight,
      @Description("the number of directions drawn in each step") @DefaultValue("32") @Positive int directions) {}

  private final Options options;

  @Inject
  SlicedMatching(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    boolean matched = false;
    for (AdversarialPair pair : graph.pairs()) {
      for (FakeExample fake : pair.fakes()) {
        if (fake.generatorWeight() != 0 && !fake.makers().isEmpty()) {
          addTerm(graph, pair, fake);
          matched = true;
        }
      }
    }
    if (!matched) {
      throw new UnusableComponentException("no player makes fakes that could be matched");
    }
  }

  private void addTerm(Graph graph, AdversarialPair pair, FakeExample fake) {
    Signal real = pair.real().signals().get(0);
    Signal made = fake.example().signals().get(0);
    if (!real.shape().equals(made.shape())) {
      throw new UnusableComponentException(
          "fakes and real samples must have the same shape, but %s has shape %s and %s has %s"
              .formatted(real.name(), real.shape(), made.name(), made.shape()));
    }
    long length = real.shape().slice(1).size();
    Signal directions = graph.normal(NAME + "-directions", new Shape(length, options.directions()));
    Signal distance =
        graph.combine(NAME, v -> distance(v.get(0), v.get(1), v.get(2)), made, real, directions);
    for (String maker : fake.makers()) {
      graph.minimise(maker, NAME, options.weight() * fake.generatorWeight(), distance);
    }
  }

  /**
   * The mean squared distance between samples of equal rank along the directions.
   *
   * @param made shape (batch, ...)
   * @param real the same shape
   * @param directions shape (length of a sample, count), of any length except 0
   * @return a scalar
   */
  static NDArray distance(NDArray made, NDArray real, NDArray directions) {
    NDArray unit = directions.div(directions.square().sum(new int[] {0}, true).add(1e-12f).sqrt());
    return sortedProjections(made, unit).sub(sortedProjections(real, unit)).square().mean();
  }

  private static NDArray sortedProjections(NDArray samples, NDArray directions) {
    return samples.reshape(samples.getShape().get(0), -1).matMul(directions).sort(0);
  }
}
