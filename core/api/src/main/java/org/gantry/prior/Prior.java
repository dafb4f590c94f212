package org.gantry.prior;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/** The distribution of latent codes. */
public interface Prior {

  /** The shape of one code without the batch dimension, such as (100). */
  Shape shape();

  /**
   * Fills the buffer's remaining floats with draws.
   *
   * @param random the only source of randomness
   */
  void draw(RandomGenerator random, FloatBuffer into);

  /**
   * Whether points on the straight line between two codes are as likely as codes, as under a prior
   * that is uniform on a box. Under the normal prior they are not: they come closer to the origin
   * than any code, so that paths between codes follow arcs.
   */
  default boolean allowsLinearInterpolation() {
    return false;
  }
}
