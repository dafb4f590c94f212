package org.gantry.plugin.featurematching;

import ai.djl.ndarray.NDArray;

/** The distance between two mean feature vectors. */
enum FeatureDistance {
  /** The sum over features of the squared difference, as in the paper. */
  SQUARED_NORM,
  /** The mean over features of the squared difference, as in the authors' code for MNIST. */
  MEAN_SQUARE,
  /** The mean over features of the absolute difference, as in the authors' code for CIFAR-10. */
  MEAN_ABSOLUTE;

  /**
   * The distance between the mean features of two batches.
   *
   * @param real features of real samples, shape (batch, ...)
   * @param fake features of fakes, the same shape except for the batch
   * @return a scalar that belongs to the manager of the first argument
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
