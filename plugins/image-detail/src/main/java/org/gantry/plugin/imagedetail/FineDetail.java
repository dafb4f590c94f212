package org.gantry.plugin.imagedetail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** What images have in addition to the means of their squares of 2 x 2 pixels. */
final class FineDetail {

  private FineDetail() {}

  /**
   * The difference of images from their enlarged half size. A last odd row or column is left out.
   *
   * @param images shape (count, channels, height, width), with sides of at least 2
   * @return belongs to the manager of the images
   */
  static NDArray of(NDArray images) {
    Shape shape = images.getShape();
    long height = shape.get(2) / 2;
    long width = shape.get(3) / 2;
    NDArray even = images.get(new NDIndex(":, :, :{}, :{}", 2 * height, 2 * width));
    NDArray means =
        even.reshape(shape.get(0), shape.get(1), height, 2, width, 2)
            .mean(new int[] {5})
            .mean(new int[] {3});
    return even.sub(means.repeat(2, 2).repeat(3, 2));
  }

  /** The mean square of each image, shape (count). */
  static NDArray meanSquares(NDArray images) {
    return images.reshape(images.getShape().get(0), -1).square().mean(new int[] {1});
  }
}
