package org.gantry.plugin.slicedwasserstein;

/**
 * One channel of an image, or of a level of its Laplacian pyramid (P. J. Burt and E. H. Adelson,
 * The Laplacian pyramid as a compact image code, 1983).
 *
 * @param values row by row; must not change
 */
@SuppressWarnings("ArrayRecordComponent")
record PyramidChannel(int height, int width, float[] values) {

  /** The binomial filter for both directions; it sums to 1. */
  private static final float[] FILTER = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};

  /** Smooths the channel and keeps every second pixel, starting with the first. */
  PyramidChannel downsample() {
    return smooth().everySecond();
  }

  /**
   * Puts zeros between the pixels and smooths the result, scaled by 4 to make up for the zeros.
   *
   * @param rows of the result: twice the rows of this channel, or one less
   * @param columns of the result, likewise
   */
  PyramidChannel upsample(int rows, int columns) {
    float[] spread = new float[rows * columns];
    for (int row = 0; row < rows; row += 2) {
      for (int column = 0; column < columns; column += 2) {
        spread[row * columns + column] = 4 * values[row / 2 * width + column / 2];
      }
    }
    return new PyramidChannel(rows, columns, spread).smooth();
  }

  /** The difference of two channels of equal size. */
  PyramidChannel minus(PyramidChannel other) {
    float[] difference = new float[values.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = values[i] - other.values[i];
    }
    return new PyramidChannel(height, width, difference);
  }

  private PyramidChannel everySecond() {
    int rows = (height + 1) / 2;
    int columns = (width + 1) / 2;
    float[] kept = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        kept[row * columns + column] = values[2 * row * width + 2 * column];
      }
    }
    return new PyramidChannel(rows, columns, kept);
  }

  private PyramidChannel smooth() {
    float[] across = new float[values.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        float sum = 0;
        for (int i = 0; i < FILTER.length; i++) {
          sum += FILTER[i] * values[row * width + mirrored(column + i - 2, width)];
        }
        across[row * width + column] = sum;
      }
    }
    float[] both = new float[values.length];
    for (int row = 0; row < height; row++) {
      for (int i = 0; i < FILTER.length; i++) {
        int from = mirrored(row + i - 2, height) * width;
        for (int column = 0; column < width; column++) {
          both[row * width + column] += FILTER[i] * across[from + column];
        }
      }
    }
    return new PyramidChannel(height, width, both);
  }

  /** Mirrors positions outside of the image about the border pixel, which is not repeated. */
  private static int mirrored(int position, int size) {
    int inside = position < 0 ? -position : position;
    return inside < size ? inside : 2 * (size - 1) - inside;
  }
}
