package ${package};

import ai.djl.ndarray.NDArray;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;

/** Makes samples of the inputs that the request names, and of random codes. Replace it by your own. */
@Component(
    kind = ComponentKind.SAMPLER,
    name = "${name}",
    summary = "Samples of codes drawn from the prior")
final class ${className} implements Sampler {

  @Override
  public NDArray sample(SamplingRequest request) {
    return request.make();
  }
}
