package org.gantry.plugin.gaussianmixture;

import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.prior.Prior;

/**
 * A mixture of Gaussians with equal weights as the prior. A generator is continuous. From a
 * connected cloud of codes, it reaches separate modes only with samples in between. From separate
 * clusters, it does not need such samples.
 *
 * <p>Each centre has one coordinate at plus or minus the distance and all others at 0. So all pairs
 * of clusters have the same distance, except opposite ones, which are further apart. The paper
 * draws the centres at random; its variant with trained centres is not available here.
 */
@Component(
    kind = ComponentKind.PRIOR,
    name = "gaussian-mixture",
    summary = "Mixture of Gaussians with separate clusters, for data with separate modes",
    paper = "arXiv:1808.10356, section 2.1")
final class GaussianMixturePrior implements Prior {

  /** The size and the spread of the clusters. */
  record Options(
      @Description("the length of a latent code") @DefaultValue("32") @Positive int size,
      @Description("the number of clusters, at most twice the length of a code")
          @DefaultValue("64")
          @Positive int clusters,
      @Description("the distance of each centre from the origin") @DefaultValue("4") @Positive double distance,
      @Description("the standard deviation of each coordinate within a cluster")
          @DefaultValue("1")
          @PositiveOrZero double deviation) {}

  private final Options options;

  @Inject
  GaussianMixturePrior(Options options) {
    if (options.clusters > 2 * options.size) {
      throw new UnusableComponentException(
          "codes of length %d allow at most %d clusters, not %d; set size to at least %d"
              .formatted(
                  options.size, 2 * options.size, options.clusters, (options.clusters + 1) / 2));
    }
    this.options = options;
  }

  @Override
  public Shape shape() {
    return new Shape(options.size);
  }

  @Override
  public void draw(RandomGenerator random, FloatBuffer into) {
    while (into.hasRemaining()) {
      int cluster = random.nextInt(options.clusters);
      double side = cluster % 2 == 0 ? options.distance : -options.distance;
      for (int i = 0; i < options.size; i++) {
        double centre = i == cluster / 2 ? side : 0;
        into.put((float) (centre + options.deviation * random.nextGaussian()));
      }
    }
  }
}
