package org.gantry.plugin.gaussians;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;

/**
 * Gaussians on a square grid around the origin. The defaults, 25 modes at {-4, -2, 0, 2, 4} in both
 * directions, are those of ALI, VEEGAN and PacGAN.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "gaussian-grid",
    summary = "2D points from equal Gaussians on a square grid, whose modes can be counted",
    paper = "arXiv:1606.00704, section 4.1",
    gives = {DatasetField.IMAGE, DatasetField.LABEL})
final class GaussianGrid extends IsotropicGaussians {

  record Options(
      @Description("the number of Gaussians per side") @DefaultValue("5") @Min(1) int side,
      @Description("the distance between neighbouring centres") @DefaultValue("2") @Positive double spacing,
      @Description("the standard deviation of each Gaussian") @DefaultValue("0.05") @Positive double deviation) {}

  @Inject
  GaussianGrid(Options options) {
    super(centres(options), options.deviation());
  }

  private static List<double[]> centres(Options options) {
    double[] line =
        IntStream.range(0, options.side())
            .mapToDouble(i -> (i - (options.side() - 1) / 2.0) * options.spacing())
            .toArray();
    return DoubleStream.of(line)
        .boxed()
        .flatMap(x -> DoubleStream.of(line).mapToObj(y -> new double[] {x, y}))
        .toList();
  }
}
