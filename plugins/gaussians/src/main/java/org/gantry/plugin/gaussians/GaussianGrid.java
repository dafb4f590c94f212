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
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.component.Kind;
import org.gantry.data.Field;
import org.gantry.data.Mixture;
import org.gantry.data.SampledDataset;

/**
 * Gaussians on a square grid around the origin. The defaults, 25 modes at {-4, -2, 0, 2, 4} in both
 * directions, are those of ALI, VEEGAN and PacGAN.
 */
@Component(
    kind = Kind.DATASET,
    name = "gaussian-grid",
    summary = "Points of equal Gaussians on a square grid, whose modes can be counted",
    paper = "arXiv:1606.00704, section 4.1",
    gives = Field.IMAGE)
final class GaussianGrid implements SampledDataset, Mixture {

  record Options(
      @Doc("Gaussians a side") @Default("5") @Min(1) int side,
      @Doc("the distance of neighbouring centres") @Default("2") @Positive double spacing,
      @Doc("the standard deviation of each Gaussian") @Default("0.05") @Positive
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
