package org.gantry.plugin.conditional;

import ai.djl.ndarray.NDArray;

/**
 * Functions of normal distributions with independent values, which have a mean and the logarithm of
 * a standard deviation, both of shape (batch, size).
 */
final class NormalDistribution {

  private static final float ROOT_OF_TWO = (float) Math.sqrt(2);

  /** The probability of a standard normal value in (-2, 2). */
  private static final float WITHIN_TWO = 0.9544997f;

  private NormalDistribution() {}

  /**
   * A value of each distribution: mean + deviation * noise.
   *
   * @param noise standard normal, shape (batch, size)
   */
  static NDArray sample(NDArray mean, NDArray logDeviation, NDArray noise) {
    return mean.add(logDeviation.exp().mul(noise));
  }

  /**
   * The Kullback-Leibler divergence from the standard normal distribution of each value, shape
   * (batch, size): (deviation² + mean² - 1) / 2 - log deviation.
   */
  static NDArray divergences(NDArray mean, NDArray logDeviation) {
    return logDeviation.mul(2).exp().add(mean.square()).sub(1).div(2).sub(logDeviation);
  }

  /**
   * Standard normal noise without values outside of (-2, 2), whose variance is 0.774.
   *
   * @param uniform noise in [0, 1)
   */
  static NDArray truncated(NDArray uniform) {
    return uniform.mul(2).sub(1).mul(WITHIN_TWO).erfinv().mul(ROOT_OF_TWO);
  }
}
