package org.gantry.plugin.structuralsimilarity;

/**
 * One channel of a picture.
 *
 * @param values row by row; never changed
 */
@SuppressWarnings("ArrayRecordComponent")
record ImageChannel(int height, int width, double[] values) {

  /** The means of 2x2 pixels; a last odd row or column is left out. */
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

  /** The products of the pixels of two planes of one size. */
  ImageChannel times(ImageChannel other) {
    double[] products = new double[values.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = values[i] * other.values[i];
    }
    return new ImageChannel(height, width, products);
  }
}
