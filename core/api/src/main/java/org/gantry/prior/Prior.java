package org.gantry.prior;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/** The distribution of latent codes. */
public interface Prior {

  /** Returns the shape of one code without the batch dimension, such as (100). */
  Shape shape();

  /**
   * Draws codes until the buffer is full.
   *
   * @param random the only source of randomness
   * @param into the buffer, from its position to its limit
   */
  void draw(RandomGenerator random, FloatBuffer into);

  /**
   * Returns whether samplers may interpolate linearly between two codes.
   *
   * <p>They may if points on the straight line between two codes are as likely as the codes, as
   * under a uniform prior. Under a normal prior such points are too close to the origin, so
   * samplers interpolate on a great circle (arXiv:1609.04468). The default is false.
   */
  default boolean allowsLinearInterpolation() {
    return false;
  }
}
