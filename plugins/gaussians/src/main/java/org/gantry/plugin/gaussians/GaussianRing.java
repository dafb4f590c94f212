package org.gantry.plugin.gaussians;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.component.Kind;
import org.gantry.data.Field;
import org.gantry.data.Mixture;
import org.gantry.data.SampledDataset;

/**
 * Gaussians on a circle: mode i of n lies at radius times (cos, sin) of 2 pi i / n, so that no two
 * modes coincide. The defaults are those of the unrolled GAN.
 */
@Component(
    kind = Kind.DATASET,
    name = "gaussian-ring",
    summary = "Points of equal Gaussians on a circle, whose modes can be counted",
    paper = "arXiv:1611.02163, section 3.1",
    gives = Field.IMAGE)
final class GaussianRing implements SampledDataset, Mixture {

  record Options(
      @Doc("the number of Gaussians") @Default("8") @Min(1) int modes,
      @Doc("the circle's radius") @Default("2") @Positive double radius,
      @Doc("the standard deviation of each Gaussian") @Default("0.02") @Positive
          double deviation) {}

  private final IsotropicGaussians gaussians;

  @Inject
  GaussianRing(Options options) {
    gaussians =
        new IsotropicGaussians(
            IntStream.range(0, options.modes())
                .mapToDouble(i -> 2 * Math.PI * i / options.modes())
                .mapToObj(
                    angle ->
                        new double[] {
                          options.radius() * Math.cos(angle), options.radius() * Math.sin(angle)
                        })
                .toList(),
            options.deviation());
  }

  @Override
  public List<Field> fields() {
    return gaussians.fields();
  }

  @Override
  public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
    gaussians.draw(random, into);
  }

  @Override
  public List<double[]> centres() {
    return gaussians.centres();
  }

  @Override
  public double deviation() {
    return gaussians.deviation();
  }
}
