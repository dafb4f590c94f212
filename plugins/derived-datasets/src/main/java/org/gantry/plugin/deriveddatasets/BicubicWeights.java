package org.gantry.plugin.deriveddatasets;

import java.util.function.IntToDoubleFunction;

/**
 * Reduces lines of pixels by bicubic interpolation (Keys 1981, with a = -1/2), widened by the
 * factor so that nothing finer than the result remains. Beyond the ends there is nothing; the
 * weights of the others are scaled to a sum of 1.
 *
 * @param length the number of pixels, a multiple of the factor
 * @param factor how many times shorter the result is
 */
record BicubicWeights(int length, int factor) {

  private static final double SHARPNESS = -0.5;

  /** The support of the function on each side. */
  private static final int SUPPORT = 2;

  /**
   * Reduces a line.
   *
   * @param line returns the value of a pixel
   */
  double[] reduce(IntToDoubleFunction line) {
    double[] reduced = new double[length / factor];
    for (int i = 0; i < reduced.length; i++) {
      double centre = (i + 0.5) * factor - 0.5;
      int first = Math.max(0, (int) Math.ceil(centre - SUPPORT * factor));
      int last = Math.min(length - 1, (int) Math.floor(centre + SUPPORT * factor));
      double sum = 0;
      double weights = 0;
      for (int pixel = first; pixel <= last; pixel++) {
        double weight = cubic((pixel - centre) / factor);
        sum += weight * line.applyAsDouble(pixel);
        weights += weight;
      }
      reduced[i] = sum / weights;
    }
    return reduced;
  }

  private static double cubic(double distance) {
    double x = Math.abs(distance);
    if (x < 1) {
      return ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
    }
    return x < SUPPORT ? ((x - 5) * x + 8) * x * SHARPNESS - 4 * SHARPNESS : 0;
  }
}
