package org.gantry.plugin.randomsampler;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;

/**
 * Samples at random latent codes. Sample i depends only on the seed and i, so a larger count keeps
 * the first samples.
 */
@Component(
    kind = ComponentKind.SAMPLER,
    name = "random",
    summary = "Samples at random latent codes")
final class RandomSampler implements Sampler {

  record Options(
      @Description(CodeTruncation.MEANING)
          @DefaultValue("1")
          @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double truncation) {}

  private final Options options;

  @Inject
  RandomSampler(Options options) {
    this.options = options;
  }

  @Override
  public NDArray sample(SamplingRequest request) {
    Map<String, NDArray> inputs = request.inputs();
    List<NDArray> drawn = new ArrayList<>();
    for (ModelInput code : request.use().codes()) {
      if (!request.given().containsKey(code.name())) {
        drawn.add(CodeTruncation.apply(inputs.get(code.name()), options.truncation()));
      }
    }
    try {
      return request.make(inputs);
    } finally {
      drawn.forEach(NDArray::close);
    }
  }
}
