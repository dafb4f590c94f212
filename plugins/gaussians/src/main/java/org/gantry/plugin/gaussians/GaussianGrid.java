package org.gantry.plugin.gaussians;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;
import org.gantry.data.MixtureDataset;
import org.gantry.data.SampledDataset;

/**
 * Gaussians on a square grid around the origin. The defaults, 25 modes at {-4, -2, 0, 2, 4} in both
 * directions, are those of ALI, VEEGAN and PacGAN.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "gaussian-grid",
    summary = "Points of equal Gaussians on a square grid, whose modes can be counted",
    paper = "arXiv:1606.00704, section 4.1",
    gives = DatasetField.IMAGE)
final class GaussianGrid implements SampledDataset, MixtureDataset {

  record Options(
      @Description("Gaussians a side") @DefaultValue("5") @Min(1) int side,
      @Description("the distance of neighbouring centres") @DefaultValue("2") @Positive
          double spacing,
      @Description("the standard deviation of each Gaussian") @DefaultValue("0.05") @Positive
          double deviation) {}

  private final IsotropicGaussians gaussians;

  @Inject
  GaussianGrid(Options options) {
    double[] line =
        IntStream.range(0, options.side())
            .mapToDouble(i -> (i - (options.side() - 1) / 2.0) * options.spacing())
            .toArray();
    gaussians =
        new IsotropicGaussians(
            DoubleStream.of(line)
                .boxed()
                .flatMap(x -> DoubleStream.of(line).mapToObj(y -> new double[] {x, y}))
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
