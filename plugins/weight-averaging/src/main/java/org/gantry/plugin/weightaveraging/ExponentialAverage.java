package org.gantry.plugin.weightaveraging;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gantry.graph.Network;
import org.gantry.tensor.Kernel;

/**
 * An exponential moving average of weights. Before its start it equals the weights. With a ramp,
 * the update t after the start keeps at most (1 + t) / (10 + t) of the average, so that the initial
 * weights do not outlast the first steps. Each network of each session has its own instance,
 * because it holds a kernel.
 */
final class ExponentialAverage implements Network.AveragingRule {

  private final double decay;
  private final long start;
  private final boolean ramp;
  private Kernel kernel;

  /**
   * Creates a rule.
   *
   * @param decay the share of the average that an update keeps, in [0, 1)
   * @param start the number of updates before averaging starts
   * @param ramp whether the average follows faster at first
   */
  ExponentialAverage(double decay, long start, boolean ramp) {
    this.decay = decay;
    this.start = start;
    this.ramp = ramp;
  }

  /** The share of the average that an update keeps. */
  double retainedShare(long count) {
    long update = count - start;
    if (update <= 0) {
      return 0;
    }
    return ramp ? Math.min(decay, (1.0 + update) / (10.0 + update)) : decay;
  }

  @Override
  public void moveAverage(NDList average, NDList weights, long count) {
    NDManager manager = average.head().getManager();
    if (kernel == null) {
      kernel =
          Kernel.load(manager, Kernel.readSource(ExponentialAverage.class, "follow.torchscript"));
    }
    try (NDArray share = manager.create(1 - retainedShare(count))) {
      kernel.call(manager, List.of(average, weights, share)).close();
    }
  }
}
