package org.gantry.plugin.totalvariation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
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
 * Total variation: generators minimise the steps between neighbouring pixels of their images, which
 * removes noise and thin artefacts. For an image z with the exponent B it is
 *
 * <pre>
 * Σ_ij ((z_{i,j+1} − z_ij)² + (z_{i+1,j} − z_ij)²)^(B/2),
 * </pre>
 *
 * <p>summed over all pixels with both neighbours and over the channels, and averaged over the
 * batch.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "total-variation",
    summary = "Generators minimise the steps between neighbouring pixels",
    paper = "arXiv:1611.02200, section 3, equation 7")
final class TotalVariation implements Regularizer {

  private static final String NAME = "total-variation";

  /** Keeps the gradient finite where neighbours are equal. */
  private static final float LEAST_SQUARE = 1e-8f;

  record Options(
      @Description("the weight of the sum over an image") @DefaultValue("0.05") @Positive double weight,
      @Description("the exponent of a step, B in the paper") @DefaultValue("1") @Positive double exponent,
      @Description("the roles of the discriminators whose fakes count; empty for all")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  TotalVariation(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    boolean found = false;
    for (AdversarialPair pair : graph.pairs(options.networks())) {
      for (FakeExample fake : pair.fakes()) {
        Signal image = fake.example().signals().get(0);
        if (!fake.makers().isEmpty() && image.shape().dimension() == 4) {
          found = true;
          Signal variation = graph.map(NAME, z -> of(z, options.exponent()), image);
          fake.makers().forEach(maker -> graph.minimise(maker, NAME, options.weight(), variation));
        }
      }
    }
    if (!found) {
      throw new UnusableComponentException("no player makes images");
    }
  }

  /**
   * The mean total variation of images.
   *
   * @param images shape (batch, channels, height, width); both sides at least 2
   * @return a scalar
   */
  static NDArray of(NDArray images, double exponent) {
    long batch = images.getShape().get(0);
    NDArray inner = images.get(new NDIndex(":, :, :-1, :-1"));
    NDArray right = images.get(new NDIndex(":, :, :-1, 1:")).sub(inner);
    NDArray below = images.get(new NDIndex(":, :, 1:, :-1")).sub(inner);
    NDArray squares = right.square().add(below.square()).add(LEAST_SQUARE);
    return squares.pow(exponent / 2).sum().div(batch);
  }
}
