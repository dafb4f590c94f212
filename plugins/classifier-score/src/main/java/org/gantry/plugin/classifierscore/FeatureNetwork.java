package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Gives the features of images by which sets of images are compared. */
interface FeatureNetwork extends AutoCloseable {

  /** The name of the features in the names of figures, in kebab case. */
  String name();

  /**
   * The features of real images.
   *
   * @param into owns the result
   * @param images the indices of the images
   * @return shape (n, features)
   */
  NDArray ofReal(NDManager into, int[] images);

  /**
   * The features of generated images of shape (n, channels, height, width), in the range of the
   * data.
   *
   * @param into owns the result
   * @return shape (n, features)
   */
  NDArray ofGenerated(NDManager into, NDArray generated);

  @Override
  void close();
}
