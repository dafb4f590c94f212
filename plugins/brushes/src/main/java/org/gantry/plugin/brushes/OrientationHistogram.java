package org.gantry.plugin.brushes;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import org.gantry.tensor.FloatArrays;

/**
 * Histograms of oriented gradients with soft bins, which have a gradient everywhere
 * (arXiv:1609.03552, section 4). Blocks are not normalised.
 *
 * @param orientations the bins, evenly over half a turn; at least 2
 * @param cell the side of a cell in pixels; even
 */
record OrientationHistogram(int orientations, int cell) {

  /** Keeps the gradient of a magnitude finite. */
  private static final float LEAST_SQUARE = 1e-3f;

  private static final float[] SOBEL = {-1, 0, 1, -2, 0, 2, -1, 0, 1};

  /** The sum of the positive weights of the Sobel filter. */
  private static final float SOBEL_SUM = 4;

  /**
   * Returns the histogram of each cell.
   *
   * @param pictures shape (n, channels, height, width), from 0 to 1
   * @return shape (n, orientations, height / cell, width / cell)
   */
  NDArray of(NDArray pictures) {
    Shape shape = pictures.getShape();
    NDArray grey =
        pictures.sum(new int[] {1}, true).div((float) shape.get(1)); // (n, 1, height, width)
    NDArray padded = withEdges(withEdges(grey, 3), 2);
    return pooled(bins(filtered(padded, SOBEL), filtered(padded, transposed(SOBEL))));
  }

  /** Repeats the first and the last row or column, so that a border is not an edge. */
  private static NDArray withEdges(NDArray grey, int axis) {
    NDIndex first = new NDIndex(axis == 3 ? ":, :, :, :1" : ":, :, :1, :");
    NDIndex last = new NDIndex(axis == 3 ? ":, :, :, -1:" : ":, :, -1:, :");
    NDArray before = grey.get(first);
    return before.concat(grey, axis).concat(grey.get(last), axis);
  }

  private static float[] transposed(float[] filter) {
    float[] turned = new float[filter.length];
    for (int i = 0; i < filter.length; i++) {
      turned[i] = filter[i % 3 * 3 + i / 3];
    }
    return turned;
  }

  private static NDArray filtered(NDArray grey, float[] filter) {
    NDArray weights =
        FloatArrays.fill(
            grey.getManager(),
            new Shape(1, 1, 3, 3),
            into -> {
              for (float weight : filter) {
                into.put(weight / SOBEL_SUM);
              }
            });
    return convolved(grey, weights, 1, 0);
  }

  private static NDArray convolved(NDArray values, NDArray weights, int stride, int padding) {
    return Conv2d.conv2d(
            values,
            weights.toType(values.getDataType(), false),
            null,
            new Shape(stride, stride),
            new Shape(padding, padding))
        .get(0);
  }

  /**
   * Returns the soft bins of gradients.
   *
   * @param across the change to the right, of shape (n, 1, height, width)
   * @param down the change downwards
   * @return shape (n, orientations, height, width)
   */
  NDArray bins(NDArray across, NDArray down) {
    double next = Math.cos(Math.PI / orientations);
    float factor = (float) (1 / (1 - next));
    float threshold = (float) (next / (1 - next));
    NDArray magnitude = across.square().add(down.square()).add(LEAST_SQUARE).sqrt();
    NDArray least = magnitude.mul(threshold);
    NDList bins = new NDList();
    for (int i = 0; i < orientations; i++) {
      double angle = Math.PI * i / orientations;
      NDArray response =
          across.mul((float) Math.cos(angle)).add(down.mul((float) Math.sin(angle))).abs();
      bins.add(Activation.relu(response.mul(factor).sub(least)));
    }
    return NDArrays.concat(bins, 1);
  }

  /** Adds each bin up over the pixels around a cell, with weights that fall off linearly. */
  private NDArray pooled(NDArray bins) {
    Shape shape = bins.getShape();
    long maps = shape.get(0) * shape.get(1);
    NDArray sums =
        convolved(
            bins.reshape(maps, 1, shape.get(2), shape.get(3)),
            triangles(bins.getManager()),
            cell,
            cell / 2);
    return sums.reshape(shape.get(0), shape.get(1), sums.getShape().get(2), sums.getShape().get(3));
  }

  private NDArray triangles(NDManager manager) {
    int side = 2 * cell;
    return FloatArrays.fill(
        manager,
        new Shape(1, 1, side, side),
        into -> {
          for (int i = 0; i < side * side; i++) {
            into.put((float) (triangle(i / side) * triangle(i % side)));
          }
        });
  }

  /** The weight of a pixel along one side, counted from 0. */
  double triangle(int position) {
    return 1 - Math.abs(position + 0.5 - cell) / cell;
  }

  /** Returns the share of each cell that weights of pixels cover, of shape (rows, columns). */
  float[] cellWeights(float[] weights, int height, int width) {
    int rows = height / cell;
    int columns = width / cell;
    float[] shares = new float[rows * columns];
    for (int y = 0; y < rows * cell; y++) {
      for (int x = 0; x < columns * cell; x++) {
        shares[y / cell * columns + x / cell] += weights[y * width + x] / (cell * cell);
      }
    }
    return shares;
  }
}
