package org.gantry.sampler;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a sampler should draw.
 *
 * @param model the trained networks
 * @param use what to make with them
 * @param count the number of samples, at least 1
 * @param given values of inputs by name, each of shape (count, ...); fields of the data are always
 *     given, because the user or the host chooses them
 * @param progress receives the progress of slow samplers
 */
public record SamplingRequest(
    TrainedModel model,
    ModelUse use,
    int count,
    Map<String, NDArray> given,
    SamplingProgress progress) {

  /** Checks the count, and copies the map. */
  public SamplingRequest {
    if (count < 1) {
      throw new IllegalArgumentException("the number of samples must be at least 1, not " + count);
    }
    given = Map.copyOf(given);
  }

  /**
   * All inputs of the use: the given values, and codes that the model draws for the rest. They
   * belong to the model's manager.
   */
  public Map<String, NDArray> inputs() {
    Map<String, NDArray> all = new LinkedHashMap<>(given);
    for (ModelInput code : use.codes()) {
      all.computeIfAbsent(code.name(), name -> model.drawCodes(code, count));
    }
    return all;
  }

  /** Makes the output of the use from the given values and from codes that the model draws. */
  public NDArray make() {
    Map<String, NDArray> all = inputs();
    try {
      return make(all);
    } finally {
      all.forEach(
          (name, value) -> {
            if (!given.containsKey(name)) {
              value.close();
            }
          });
    }
  }

  /**
   * Makes the output of the use.
   *
   * @param inputs as of {@link #inputs}, possibly with other codes
   * @return shape (count, ...); belongs to the model's manager
   */
  public NDArray make(Map<String, NDArray> inputs) {
    return model.make(use, inputs);
  }
}
