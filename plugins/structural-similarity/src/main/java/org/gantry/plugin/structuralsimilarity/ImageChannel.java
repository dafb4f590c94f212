package org.gantry.plugin.structuralsimilarity;

/**
 * One channel of an image.
 *
 * @param values row by row; must not change
 */
@SuppressWarnings("ArrayRecordComponent")
record ImageChannel(int height, int width, double[] values) {

  /** The means of 2x2 pixels. A last odd row or column is dropped. */
  ImageChannel downsample() {
    int rows = height / 2;
    int columns = width / 2;
    double[] means = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int at = 2 * row * width + 2 * column;
        means[row * columns + column] =
            (values[at] + values[at + 1] + values[at + width] + values[at + width + 1]) / 4;
      }
    }
    return new ImageChannel(rows, columns, means);
  }

  /** The pixelwise product of two channels of equal size. */
  ImageChannel times(ImageChannel other) {
    double[] products = new double[values.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = values[i] * other.values[i];
    }
    return new ImageChannel(height, width, products);
  }
}
