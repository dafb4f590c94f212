package org.gantry.plugin.structuralsimilarity;

/**
 * A Gaussian window of 11x11 pixels with standard deviation 1.5. For smaller images the side is the
 * shorter side of the image, and the deviation shrinks in proportion.
 */
final class GaussianWindow {

  private static final int SIDE = 11;
  private static final double DEVIATION = 1.5;

  private final double[] weights;

  private GaussianWindow(double[] weights) {
    this.weights = weights;
  }

  /** The window for images of the given size. */
  static GaussianWindow forSize(int height, int width) {
    int side = Math.min(SIDE, Math.min(height, width));
    double deviation = DEVIATION * side / SIDE;
    double[] weights = new double[side];
    double sum = 0;
    for (int i = 0; i < side; i++) {
      double distance = i - (side - 1) / 2.0;
      weights[i] = Math.exp(-distance * distance / (2 * deviation * deviation));
      sum += weights[i];
    }
    for (int i = 0; i < side; i++) {
      weights[i] /= sum;
    }
    return new GaussianWindow(weights);
  }

  /** The weighted mean around each pixel at which the whole window lies in the image. */
  ImageChannel means(ImageChannel channel) {
    int side = weights.length;
    int columns = channel.width() - side + 1;
    int rows = channel.height() - side + 1;
    double[] across = new double[channel.height() * columns];
    for (int row = 0; row < channel.height(); row++) {
      for (int column = 0; column < columns; column++) {
        for (int i = 0; i < side; i++) {
          across[row * columns + column] +=
              weights[i] * channel.values()[row * channel.width() + column + i];
        }
      }
    }
    double[] both = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < side; i++) {
        for (int column = 0; column < columns; column++) {
          both[row * columns + column] += weights[i] * across[(row + i) * columns + column];
        }
      }
    }
    return new ImageChannel(rows, columns, both);
  }
}
