package org.gantry.search;

import ai.djl.ndarray.NDArray;

/** What a search for codes lowers. */
@FunctionalInterface
public interface CodeCost {

  /**
   * Returns the cost of each code. It is differentiable.
   *
   * @param codes shape (n, ...)
   * @param samples what the generator makes of them, of shape (n, ...)
   * @return shape (n)
   */
  NDArray of(NDArray codes, NDArray samples);
}
