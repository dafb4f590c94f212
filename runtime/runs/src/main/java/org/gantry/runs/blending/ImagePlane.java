package org.gantry.runs.blending;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.gantry.runs.translation.ImagePixels;

/**
 * One channel of a picture.
 *
 * @param values row by row; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record ImagePlane(int height, int width, float[] values) {

  /** The half width of the filters, in standard deviations. */
  private static final int TRUNCATION = 4;

  private static final double SMOOTHING = 1;

  static ImagePlane of(ImagePixels picture, int channel) {
    int size = picture.height() * picture.width();
    return new ImagePlane(
        picture.height(),
        picture.width(),
        Arrays.copyOfRange(picture.values(), channel * size, (channel + 1) * size));
  }

  /** Returns the channels of a picture. */
  static List<ImagePlane> all(ImagePixels picture) {
    return IntStream.range(0, picture.channels())
        .mapToObj(channel -> of(picture, channel))
        .toList();
  }

  /** Returns the picture of channels of one size. */
  static ImagePixels join(List<ImagePlane> channels) {
    ImagePlane first = channels.get(0);
    int size = first.values().length;
    float[] values = new float[channels.size() * size];
    for (int i = 0; i < channels.size(); i++) {
      System.arraycopy(channels.get(i).values(), 0, values, i * size, size);
    }
    return new ImagePixels(channels.size(), first.height(), first.width(), values);
  }

  float at(int row, int column) {
    return values[row * width + column];
  }

  /**
   * Returns the weights of a Gaussian filter from its centre outwards, cut off at four standard
   * deviations. All weights of the whole filter add up to 1.
   */
  static double[] gaussian(double deviation) {
    double[] weights = new double[(int) Math.round(TRUNCATION * deviation) + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(-i * i / (2 * deviation * deviation));
      sum += i == 0 ? weights[i] : 2 * weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** Returns the plane in half the size, rounded up. It is smoothed first, against aliasing. */
  ImagePlane halved() {
    return filtered(gaussian(SMOOTHING)).resized((height + 1) / 2, (width + 1) / 2);
  }

  /**
   * Returns the plane under a symmetric filter along both axes. Beyond an edge the plane continues
   * as its mirror image, which repeats the edge.
   *
   * @param weights from the centre outwards
   */
  ImagePlane filtered(double[] weights) {
    float[] wide = new float[values.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = weights[0] * values[y * width + x];
        for (int i = 1; i < weights.length; i++) {
          sum +=
              weights[i]
                  * (values[y * width + mirrored(x - i, width)]
                      + values[y * width + mirrored(x + i, width)]);
        }
        wide[y * width + x] = (float) sum;
      }
    }
    float[] both = new float[values.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = weights[0] * wide[y * width + x];
        for (int i = 1; i < weights.length; i++) {
          sum +=
              weights[i]
                  * (wide[mirrored(y - i, height) * width + x]
                      + wide[mirrored(y + i, height) * width + x]);
        }
        both[y * width + x] = (float) sum;
      }
    }
    return new ImagePlane(height, width, both);
  }

  private static int mirrored(int position, int side) {
    int within = Math.floorMod(position, 2 * side);
    return within < side ? within : 2 * side - 1 - within;
  }

  /** Returns the plane in another size, by linear interpolation between the centres of pixels. */
  ImagePlane resized(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    float[] resized = new float[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      double row = position(y, newHeight, height);
      int top = (int) row;
      int bottom = Math.min(top + 1, height - 1);
      for (int x = 0; x < newWidth; x++) {
        double column = position(x, newWidth, width);
        int left = (int) column;
        int right = Math.min(left + 1, width - 1);
        double upper = between(at(top, left), at(top, right), column - left);
        double lower = between(at(bottom, left), at(bottom, right), column - left);
        resized[y * newWidth + x] = (float) between(upper, lower, row - top);
      }
    }
    return new ImagePlane(newHeight, newWidth, resized);
  }

  /** Where the centre of a new pixel lies among the centres of the old ones. */
  private static double position(int pixel, int newSide, int side) {
    double position = (pixel + 0.5) * side / newSide - 0.5;
    return Math.max(0, Math.min(side - 1, position));
  }

  private static double between(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
