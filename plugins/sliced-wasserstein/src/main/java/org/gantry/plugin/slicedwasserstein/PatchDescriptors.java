package org.gantry.plugin.slicedwasserstein;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/** Collects random 7x7 patches of images, as vectors of 49 values per channel. */
final class PatchDescriptors {

  /** The side of a patch in pixels. */
  static final int SIDE = 7;

  private final int channels;
  private final float[] values;
  private int filled;

  /**
   * Allocates memory for descriptors.
   *
   * @param channels the channels of the images
   * @param count the number of descriptors that will be added
   */
  PatchDescriptors(int channels, int count) {
    this.channels = channels;
    values = new float[Math.multiplyExact(count, channels * SIDE * SIDE)];
  }

  /** Adds patches of one image, at uniformly random positions inside of it. */
  void add(PyramidChannel[] image, int neighbourhoods, RandomGenerator random) {
    for (int n = 0; n < neighbourhoods; n++) {
      int top = random.nextInt(image[0].height() - SIDE + 1);
      int left = random.nextInt(image[0].width() - SIDE + 1);
      for (PyramidChannel channel : image) {
        for (int row = top; row < top + SIDE; row++) {
          System.arraycopy(channel.values(), row * channel.width() + left, values, filled, SIDE);
          filled += SIDE;
        }
      }
    }
  }

  /**
   * Normalises every channel to mean 0 and standard deviation 1 over all descriptors, and writes
   * them.
   *
   * @param into receives one descriptor after the other, each channel by channel
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
