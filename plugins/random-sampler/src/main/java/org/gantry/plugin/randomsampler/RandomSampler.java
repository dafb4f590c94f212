package org.gantry.plugin.randomsampler;

import ai.djl.ndarray.NDArray;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.TrainedModel;

/**
 * What the generator makes of codes drawn from the prior. Sample i depends on the seed and i alone:
 * asking for more samples keeps the first ones.
 */
@Component(
    kind = ComponentKind.SAMPLER,
    name = "random",
    summary = "Samples at codes drawn from the prior")
final class RandomSampler implements Sampler {

  @Override
  public NDArray sample(TrainedModel trained, int count) {
    return LatentCodes.decode(trained, count, i -> LatentCodes.draw(trained, i));
  }
}
