package org.gantry.plugin.variationalautoencoder;

import ai.djl.ndarray.NDArray;

/**
 * Functions of the means and then the logarithms of the standard deviations of codes, joined along
 * axis 1: shape (batch, 2 n, ...).
 */
final class CodeMoments {

  /** Bounds of the logarithms, far beyond what a code needs, so that exponentials stay finite. */
  private static final float LARGEST_LOG = 10;

  private CodeMoments() {}

  private static NDArray logs(NDArray moments) {
    return moments.split(2, 1).get(1).clip(-LARGEST_LOG, LARGEST_LOG);
  }

  /** The means, shape (batch, n, ...). */
  static NDArray mean(NDArray moments) {
    return moments.split(2, 1).get(0);
  }

  /**
   * Draws codes: mean + exp(log deviation) times noise.
   *
   * @param noise standard normal, shape (batch, n, ...)
   * @return shape (batch, n, ...)
   */
  static NDArray draw(NDArray moments, NDArray noise) {
    return mean(moments).add(logs(moments).exp().mul(noise));
  }

  /**
   * The divergence KL(N(m, s²) ‖ N(0, 1)) = ½ Σ (m² + s² − 1 − 2 log s), summed over the values of
   * a code and averaged over the batch (arXiv:1312.6114, appendix B).
   *
   * @return a scalar
   */
  static NDArray divergence(NDArray moments) {
    NDArray logs = logs(moments);
    return mean(moments)
        .square()
        .add(logs.mul(2).exp())
        .sub(logs.mul(2))
        .sub(1)
        .sum()
        .div(2f * moments.getShape().get(0));
  }

  /**
   * The sum of squared differences of an image, averaged over the batch.
   *
   * @param made shape (batch, ...)
   * @param wanted the same shape
   * @return a scalar
   */
  static NDArray squaredDistance(NDArray made, NDArray wanted) {
    return made.sub(wanted).square().sum().div(made.getShape().get(0));
  }
}
