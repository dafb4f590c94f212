package org.gantry.plugin.twodomain;

import ai.djl.ndarray.NDArray;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;

/** The distance between images, as a mean over pixels, channels and the batch. */
enum ImageDistance {
  /** The mean absolute difference. */
  ABSOLUTE,
  /** The mean squared difference. */
  SQUARED;

  /**
   * Adds the distance to the graph.
   *
   * @param name names the function
   * @return a scalar
   */
  Signal between(Graph graph, String name, Signal first, Signal second) {
    return graph.map(name, this::between, first, second);
  }

  /**
   * Computes the distance.
   *
   * @param second the shape of the first
   * @return a scalar
   */
  NDArray between(NDArray first, NDArray second) {
    NDArray difference = first.sub(second);
    return (this == ABSOLUTE ? difference.abs() : difference.square()).mean();
  }
}
