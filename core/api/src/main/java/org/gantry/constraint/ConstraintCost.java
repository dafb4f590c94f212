package org.gantry.constraint;

import ai.djl.ndarray.NDArray;

/** How far pictures are from obeying a constraint. */
@FunctionalInterface
public interface ConstraintCost {

  /**
   * Returns the cost of each picture, with the weight of the constraint. It is differentiable, and
   * the cost of a picture does not depend on the others.
   *
   * @param pictures shape (n, channels, height, width), in the range of the field of the site
   * @return shape (n), at least 0; belongs to the manager of the pictures, as do all arrays that
   *     are created on the way
   */
  NDArray of(NDArray pictures);
}
