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
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;
import org.gantry.data.MixtureDataset;
import org.gantry.data.SampledDataset;

/**
 * Gaussians on a circle: mode i of n lies at radius times (cos, sin) of 2 pi i / n, so that no two
 * modes coincide. The defaults are those of the unrolled GAN.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "gaussian-ring",
    summary = "Points of equal Gaussians on a circle, whose modes can be counted",
    paper = "arXiv:1611.02163, section 3.1",
    gives = DatasetField.IMAGE)
final class GaussianRing implements SampledDataset, MixtureDataset {

  record Options(
      @Description("the number of Gaussians") @DefaultValue("8") @Min(1) int modes,
      @Description("the circle's radius") @DefaultValue("2") @Positive double radius,
      @Description("the standard deviation of each Gaussian") @DefaultValue("0.02") @Positive
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
  public List<DatasetField> fields() {
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
  public double standardDeviation() {
    return gaussians.deviation();
  }
}
