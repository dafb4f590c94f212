package org.gantry.plugin.randomsampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.gantry.data.Dataset;
import org.gantry.prior.Prior;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.GeneratorModel;

/**
 * A model that makes zeros of mixed conditions.
 *
 * @param model everything else
 * @param mixtures receives the parts of mixtures and their shares
 */
record ConditionedModel(
    GeneratorModel model, BiConsumer<List<Map<String, NDArray>>, List<float[]>> mixtures)
    implements TrainedModel {

  @Override
  public NDArray makeMixed(
      ModelUse use,
      Map<String, NDArray> inputs,
      List<Map<String, NDArray>> mixed,
      List<float[]> shares) {
    mixtures.accept(mixed, shares);
    return manager().zeros(new Shape(shares.get(0).length));
  }

  @Override
  public Set<String> roles() {
    return model.roles();
  }

  @Override
  public NDList apply(String role, NDArray... inputs) {
    return model.apply(role, inputs);
  }

  @Override
  public List<ModelUse> uses() {
    return model.uses();
  }

  @Override
  public Map<String, NDArray> drawFields(ModelUse use, int count) {
    return model.drawFields(use, count);
  }

  @Override
  public NDArray make(ModelUse use, Map<String, NDArray> inputs) {
    return model.make(use, inputs);
  }

  @Override
  public Prior prior() {
    return model.prior();
  }

  @Override
  public Dataset dataset() {
    return model.dataset();
  }

  @Override
  public NDManager manager() {
    return model.manager();
  }

  @Override
  public RandomStreams randomStreams() {
    return model.randomStreams();
  }
}
