package org.gantry.plugin.deepdream;

import ai.djl.ndarray.types.Shape;

/** Means over squares of pixels. */
final class SquareMeans {

  private SquareMeans() {}

  /**
   * Replaces each value of images by the mean of its square. Squares at the right and at the bottom
   * are smaller where the sides are not multiples.
   *
   * @param values changed in place
   * @param shape (n, channels, height, width)
   * @param side the side of a square in pixels, at least 1
   */
  static void average(float[] values, Shape shape, int side) {
    int height = Math.toIntExact(shape.get(2));
    int width = Math.toIntExact(shape.get(3));
    for (int plane = 0; plane < values.length; plane += height * width) {
      for (int top = 0; top < height; top += side) {
        for (int left = 0; left < width; left += side) {
          averageOne(
              values,
              plane + top * width + left,
              Math.min(side, height - top),
              Math.min(side, width - left),
              width);
        }
      }
    }
  }

  private static void averageOne(float[] values, int corner, int rows, int columns, int width) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        sum += values[corner + row * width + column];
      }
    }
    float mean = (float) (sum / (rows * columns));
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[corner + row * width + column] = mean;
      }
    }
  }
}
