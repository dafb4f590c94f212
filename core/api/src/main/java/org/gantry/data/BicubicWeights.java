package org.gantry.data;

import java.util.function.IntToDoubleFunction;

/**
 * Resizes lines of pixels by bicubic interpolation (Keys 1981, with a = -1/2). For a shorter line
 * the function is widened, so that nothing finer than the result remains. Beyond the ends there is
 * nothing; the weights of the other pixels are scaled to a sum of 1.
 *
 * @param from the number of pixels, at least 1
 * @param to the number of pixels of the result, at least 1
 */
public record BicubicWeights(int from, int to) {

  private static final double SHARPNESS = -0.5;

  /** The support of the function on each side. */
  private static final int SUPPORT = 2;

  /**
   * Returns the weight of each pixel in one pixel of the result.
   *
   * @param pixel from 0, less than {@link #to}
   * @return as many weights as the line has pixels, of sum 1
   */
  public double[] weightsOf(int pixel) {
    double step = from / (double) to;
    double width = Math.max(1, step);
    double centre = (pixel + 0.5) * step - 0.5;
    double[] weights = new double[from];
    int last = Math.min(from - 1, (int) Math.floor(centre + SUPPORT * width));
    double sum = 0;
    for (int i = Math.max(0, (int) Math.ceil(centre - SUPPORT * width)); i <= last; i++) {
      weights[i] = cubic((i - centre) / width);
      sum += weights[i];
    }
    for (int i = 0; i < from; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /**
   * Resizes a line.
   *
   * @param line returns the value of a pixel
   */
  public double[] resize(IntToDoubleFunction line) {
    double[] resized = new double[to];
    for (int pixel = 0; pixel < to; pixel++) {
      double[] weights = weightsOf(pixel);
      for (int i = 0; i < from; i++) {
        if (weights[i] != 0) {
          resized[pixel] += weights[i] * line.applyAsDouble(i);
        }
      }
    }
    return resized;
  }

  private static double cubic(double distance) {
    double x = Math.abs(distance);
    if (x < 1) {
      return ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
    }
    return x < SUPPORT ? ((x - 5) * x + 8) * x * SHARPNESS - 4 * SHARPNESS : 0;
  }
}
