package org.gantry.plugin.slicedwasserstein;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/**
 * Neighbourhoods of 7x7 pixels at random places in pictures, as vectors of 49 values per channel.
 */
final class PatchDescriptors {

  /** Pixels a side of a neighbourhood. */
  static final int SIDE = 7;

  private final int channels;
  private final float[] values;
  private int filled;

  /**
   * Room for descriptors.
   *
   * @param channels of the pictures
   * @param count how many descriptors will be added
   */
  PatchDescriptors(int channels, int count) {
    this.channels = channels;
    values = new float[Math.multiplyExact(count, channels * SIDE * SIDE)];
  }

  /** Adds neighbourhoods of one picture, at places drawn from those that lie within it. */
  void add(PyramidChannel[] picture, int neighbourhoods, RandomGenerator random) {
    for (int n = 0; n < neighbourhoods; n++) {
      int top = random.nextInt(picture[0].height() - SIDE + 1);
      int left = random.nextInt(picture[0].width() - SIDE + 1);
      for (PyramidChannel plane : picture) {
        for (int row = top; row < top + SIDE; row++) {
          System.arraycopy(plane.values(), row * plane.width() + left, values, filled, SIDE);
          filled += SIDE;
        }
      }
    }
  }

  /**
   * Gives every channel the mean 0 and the deviation 1 over all descriptors, and writes them.
   *
   * @param into receives descriptor after descriptor, each channel after channel
   */
  void writeNormalised(FloatBuffer into) {
    int area = SIDE * SIDE;
    double[] sums = new double[channels];
    double[] squares = new double[channels];
    for (int i = 0; i < values.length; i++) {
      int channel = i / area % channels;
      sums[channel] += values[i];
      squares[channel] += (double) values[i] * values[i];
    }
    double perChannel = values.length / (double) channels;
    for (int i = 0; i < values.length; i++) {
      int channel = i / area % channels;
      double mean = sums[channel] / perChannel;
      double variance = squares[channel] / perChannel - mean * mean;
      into.put(variance > 1e-12 ? (float) ((values[i] - mean) / Math.sqrt(variance)) : 0);
    }
  }
}
