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
 * Holds a whole batch of fakes against a whole batch of real samples: projected onto a random
 * direction, both are sorted, and the generator brings each fake nearer to the real sample of its
 * rank. A mode that too few fakes visit draws fakes from where there are too many, which the scores
 * of single samples never tell a generator; beside an adversarial loss, which sees fine detail, the
 * term keeps the shares of the modes in balance.
 *
 * <p>With directions drawn from the unit sphere, the term is an unbiased estimate of the squared
 * sliced Wasserstein distance between the two batches. Two batches of the same distribution differ
 * by chance, the less the larger they are: prefer 256 samples or more.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "sliced-wasserstein",
    summary = "Draws the generator's whole batch towards a real batch, so that no mode is left out",
    paper = "arXiv:1803.11188, section 3")
final class SlicedMatching implements Regularizer {

  private static final String NAME = "sliced-wasserstein";

  /** What can be set. */
  record Options(
      @Description("how much the distance counts") @DefaultValue("1") @Positive double weight,
      @Description("how many directions are drawn in each step") @DefaultValue("32") @Positive
          int directions) {}

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
      throw new UnusableComponentException("there are no fakes that somebody makes");
    }
  }

  private void addTerm(Graph graph, AdversarialPair pair, FakeExample fake) {
    Signal real = pair.real().signals().get(0);
    Signal made = fake.example().signals().get(0);
    if (!real.shape().equals(made.shape())) {
      throw new UnusableComponentException(
          "it compares fakes with real samples of the same shape, but %s has shape %s and %s %s"
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
   * @param directions shape (length of a sample, count), of any length but 0
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
