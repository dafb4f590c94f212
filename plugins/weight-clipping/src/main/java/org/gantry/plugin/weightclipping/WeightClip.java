package org.gantry.plugin.weightclipping;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Consumer;
import org.gantry.tensor.Kernel;

/**
 * Clips arrays in place. Each network of each session has its own instance, because it holds a
 * kernel.
 */
final class WeightClip implements Consumer<NDList> {

  private final double limit;
  private Kernel kernel;

  WeightClip(double limit) {
    this.limit = limit;
  }

  @Override
  public void accept(NDList weights) {
    if (weights.isEmpty()) {
      return;
    }
    NDManager manager = weights.head().getManager();
    if (kernel == null) {
      kernel = Kernel.load(manager, kernelSource());
    }
    kernel.call(manager, List.of(weights)).close();
  }

  private String kernelSource() {
    return Kernel.readSource(WeightClip.class, "clip.torchscript")
        .replace("LIMIT", Double.toString(limit));
  }
}
