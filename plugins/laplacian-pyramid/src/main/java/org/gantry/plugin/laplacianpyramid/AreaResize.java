package org.gantry.plugin.laplacianpyramid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.gantry.tensor.FloatArrays;

/**
 * Resizes images to any size: each new pixel is the mean of the area that it covers. Half the size
 * is the mean of each square of four, and twice the size repeats each pixel.
 *
 * @param height of the result, in pixels
 * @param width of the result, in pixels
 */
record AreaResize(int height, int width) {

  /**
   * Resizes images.
   *
   * @param images shape (n, channels, height, width)
   * @return belongs to the manager of the images
   */
  NDArray apply(NDArray images) {
    Shape shape = images.getShape();
    NDManager manager = images.getManager();
    NDArray rows = weights(manager, Math.toIntExact(shape.get(2)), height);
    NDArray columns = weights(manager, Math.toIntExact(shape.get(3)), width).transpose();
    return rows.matMul(images).matMul(columns);
  }

  /** The share of each old pixel in each new one, shape (to, from). */
  private static NDArray weights(NDManager manager, int from, int to) {
    double step = from / (double) to;
    return FloatArrays.fill(
        manager,
        new Shape(to, from),
        buffer -> {
          for (int row = 0; row < to; row++) {
            for (int old = 0; old < from; old++) {
              double overlap = Math.min(old + 1.0, (row + 1) * step) - Math.max(old, row * step);
              buffer.put((float) (Math.max(0, overlap) / step));
            }
          }
        });
  }
}
