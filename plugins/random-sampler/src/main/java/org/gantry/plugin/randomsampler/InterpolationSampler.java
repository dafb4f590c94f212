package org.gantry.plugin.randomsampler;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;

/**
 * Samples along paths between random latent codes. Row r leads from code r to code r + 1, including
 * both ends, so each row starts with the last sample of the row above. Paths are straight under a
 * prior that allows it, such as the uniform one, and otherwise arcs.
 */
@Component(
    kind = ComponentKind.SAMPLER,
    name = "interpolation",
    summary = "Rows of samples that interpolate between random latent codes",
    paper = "arXiv:1511.06434, section 6.1; arXiv:1609.04468, section 2.1")
final class InterpolationSampler implements Sampler {

  record Options(
      @Description("samples per row, including both ends") @DefaultValue("10") @Min(2) int steps) {}

  private final Options options;

  @Inject
  InterpolationSampler(Options options) {
    this.options = options;
  }

  @Override
  public NDArray sample(TrainedModel trained, int count) {
    return LatentCodes.decode(trained, count, i -> between(trained, i));
  }

  private float[] between(TrainedModel trained, int sample) {
    int row = sample / options.steps();
    double t = sample % options.steps() / (options.steps() - 1.0);
    float[] from = LatentCodes.draw(trained, row);
    float[] to = LatentCodes.draw(trained, row + 1);
    return trained.prior().allowsLinearInterpolation()
        ? LatentPath.straight(from, to, t)
        : LatentPath.arc(from, to, t);
  }
}
