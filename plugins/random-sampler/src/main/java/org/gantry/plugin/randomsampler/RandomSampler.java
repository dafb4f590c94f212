package org.gantry.plugin.randomsampler;

import ai.djl.ndarray.NDArray;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;

/**
 * Samples at random latent codes. Sample i depends only on the seed and i, so a larger count keeps
 * the first samples.
 */
@Component(
    kind = ComponentKind.SAMPLER,
    name = "random",
    summary = "Samples at random latent codes")
final class RandomSampler implements Sampler {

  @Override
  public NDArray sample(TrainedModel trained, int count) {
    return LatentCodes.decode(trained, count, i -> LatentCodes.draw(trained, i));
  }
}
