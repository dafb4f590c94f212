package org.gantry.plugin.gaussians;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.stream.IntStream;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;

/**
 * Gaussians on a circle. Mode i of n lies at radius times (cos, sin) of 2 pi i / n. The defaults
 * are those of the unrolled GAN.
 */
@Component(
    kind = ComponentKind.DATASET,
    name = "gaussian-ring",
    summary = "2D points from equal Gaussians on a circle, whose modes can be counted",
    paper = "arXiv:1611.02163, section 3.1",
    gives = {DatasetField.IMAGE, DatasetField.LABEL})
final class GaussianRing extends IsotropicGaussians {

  record Options(
      @Description("the number of Gaussians") @DefaultValue("8") @Min(1) int modes,
      @Description("the radius of the circle") @DefaultValue("2") @Positive double radius,
      @Description("the standard deviation of each Gaussian") @DefaultValue("0.02") @Positive double deviation) {}

  @Inject
  GaussianRing(Options options) {
    super(centres(options), options.deviation());
  }

  private static List<double[]> centres(Options options) {
    return IntStream.range(0, options.modes())
        .mapToDouble(i -> 2 * Math.PI * i / options.modes())
        .mapToObj(
            angle ->
                new double[] {
                  options.radius() * Math.cos(angle), options.radius() * Math.sin(angle)
                })
        .toList();
  }
}
