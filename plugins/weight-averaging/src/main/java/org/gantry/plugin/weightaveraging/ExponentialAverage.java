package org.gantry.plugin.weightaveraging;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gantry.graph.Network;
import org.gantry.tensor.Kernel;

/**
 * An exponential moving average of weights. Before its start it equals the weights. Each network of
 * each session has its own instance, because it holds a kernel.
 */
final class ExponentialAverage implements Network.AveragingRule {

  private final double decay;
  private final long start;
  private Kernel kernel;

  /**
   * Creates a rule.
   *
   * @param decay the share of the average that an update keeps, in [0, 1)
   * @param start the number of updates before averaging starts
   */
  ExponentialAverage(double decay, long start) {
    this.decay = decay;
    this.start = start;
  }

  @Override
  public void moveAverage(NDList average, NDList weights, long count) {
    NDManager manager = average.head().getManager();
    if (kernel == null) {
      kernel =
          Kernel.load(manager, Kernel.readSource(ExponentialAverage.class, "follow.torchscript"));
    }
    try (NDArray share = manager.create(count <= start ? 1 : 1 - decay)) {
      kernel.call(manager, List.of(average, weights, share)).close();
    }
  }
}
