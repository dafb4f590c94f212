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
 * Codes in clusters: a normal distribution around each of some centres, all equally likely. A
 * generator is continuous, so from one connected cloud of codes it reaches modes that lie apart
 * only with samples in between; from clusters that lie apart, it need not make any.
 *
 * <p>The centres are the corners of a cross: a coordinate at plus or minus the distance, all others
 * at 0. So any two clusters are equally far apart, but for opposite ones, which are farther. The
 * paper draws its centres at random instead; its second variant, which trains them, is not offered.
 */
@Component(
    kind = ComponentKind.PRIOR,
    name = "gaussian-mixture",
    summary = "Codes in clusters, for data in clusters that lie apart",
    paper = "arXiv:1808.10356, section 2.1")
final class GaussianMixturePrior implements Prior {

  /** What can be set. */
  record Options(
      @Description("the length of a code") @DefaultValue("32") @Positive int size,
      @Description("how many clusters there are, at most twice the length of a code")
          @DefaultValue("64")
          @Positive
          int clusters,
      @Description("how far each cluster's centre is from the origin") @DefaultValue("4") @Positive
          double distance,
      @Description("the standard deviation of each coordinate within a cluster")
          @DefaultValue("1")
          @PositiveOrZero
          double deviation) {}

  private final Options options;

  @Inject
  GaussianMixturePrior(Options options) {
    if (options.clusters > 2 * options.size) {
      throw new UnusableComponentException(
          "codes of length %d have room for %d clusters, not %d; make size at least %d"
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
