package org.gantry.plugin.featurematching;

import ai.djl.ndarray.NDArray;

/** How far two mean feature vectors are apart. */
enum FeatureDistance {
  /** The sum over features of the squared difference, as the paper has it. */
  SQUARED_NORM,
  /** The mean over features of the squared difference, as the authors' program for MNIST has it. */
  MEAN_SQUARE,
  /** The mean over features of the difference's magnitude, as the one for CIFAR-10 has it. */
  MEAN_ABSOLUTE;

  /**
   * The distance between the means of two batches.
   *
   * @param real features of real samples, shape (batch, ...)
   * @param fake features of fakes, the same shape but for the batch
   * @return a scalar, belonging to the manager of the first
   */
  NDArray between(NDArray real, NDArray fake) {
    NDArray difference = mean(real).sub(mean(fake));
    return switch (this) {
      case SQUARED_NORM -> difference.square().sum();
      case MEAN_SQUARE -> difference.square().mean();
      case MEAN_ABSOLUTE -> difference.abs().mean();
    };
  }

  private static NDArray mean(NDArray features) {
    return features.reshape(features.getShape().get(0), -1).mean(new int[] {0});
  }
}
