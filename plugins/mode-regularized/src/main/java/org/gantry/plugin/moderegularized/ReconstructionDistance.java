package org.gantry.plugin.moderegularized;

import ai.djl.ndarray.NDArray;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;

/** The distance between a sample x and its reconstruction G(E(x)), averaged over the batch. */
enum ReconstructionDistance {
  /** The sum of absolute differences. */
  L1,
  /** The sum of squared differences. */
  L2,
  /** The sum of squared differences of the discriminator's features. */
  FEATURES;

  private static final String NAME = "reconstruction";

  /**
   * Adds the distance to the graph.
   *
   * @param discriminator provides the features of {@link #FEATURES}
   * @param average whether the distance of a sample is the mean over its values, not their sum
   * @return a scalar
   */
  Signal distance(
      Graph graph, Network discriminator, Signal original, Signal reconstruction, boolean average) {
    if (this == FEATURES) {
      return graph.map(
          NAME,
          (x, y) -> squared(x, y, average),
          discriminator.apply(original).get("features"),
          discriminator.apply(reconstruction).get("features"));
    }
    return this == L1
        ? graph.map(NAME, (x, y) -> absolute(x, y, average), original, reconstruction)
        : graph.map(NAME, (x, y) -> squared(x, y, average), original, reconstruction);
  }

  /**
   * The absolute distance between samples.
   *
   * @param x shape (batch, ...)
   * @param y the same shape
   * @param average whether to take the mean over the values of a sample, not their sum
   * @return a scalar
   */
  static NDArray absolute(NDArray x, NDArray y, boolean average) {
    return perSample(x.sub(y).abs(), average);
  }

  /** The squared distance between samples; see {@link #absolute}. */
  static NDArray squared(NDArray x, NDArray y, boolean average) {
    return perSample(x.sub(y).square(), average);
  }

  private static NDArray perSample(NDArray values, boolean average) {
    return average
        ? values.mean()
        : values.reshape(values.getShape().get(0), -1).sum(new int[] {1}).mean();
  }
}
