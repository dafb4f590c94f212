package org.gantry.runs.transfer;

/**
 * How a picture follows from another one (arXiv:1609.03552, section 6): a pixel at x is A(x) [s;
 * 1], where s is the colour of the other picture at x + u(x), and A is an affine map of colours.
 */
final class MotionColourMap {

  private final int channels;
  private final PlanarPicture motion;
  private final PlanarPicture colour;

  /**
   * Creates a map.
   *
   * @param channels the channels of the pictures
   * @param motion two planes: how far to the right and down, in pixels
   * @param colour channels * (channels + 1) planes: the rows of A, one after the other
   */
  MotionColourMap(int channels, PlanarPicture motion, PlanarPicture colour) {
    this.channels = channels;
    this.motion = motion;
    this.colour = colour;
  }

  /** Returns the map of a picture to itself. */
  static MotionColourMap identity(int channels, int height, int width) {
    PlanarPicture colour = new PlanarPicture(channels * (channels + 1), height, width);
    for (int channel = 0; channel < channels; channel++) {
      int plane = channel * (channels + 1) + channel;
      for (int pixel = 0; pixel < height * width; pixel++) {
        colour.values()[plane * height * width + pixel] = 1;
      }
    }
    return new MotionColourMap(channels, new PlanarPicture(2, height, width), colour);
  }

  int height() {
    return motion.height();
  }

  int width() {
    return motion.width();
  }

  int channels() {
    return channels;
  }

  /** The motion; not copied. */
  PlanarPicture motion() {
    return motion;
  }

  /** The maps of colours; not copied. */
  PlanarPicture colour() {
    return colour;
  }

  /** Returns the same change for pictures of another size. */
  MotionColourMap resized(int height, int width) {
    PlanarPicture resized = motion.resized(height, width);
    double[] scales = {width / (double) width(), height / (double) height()};
    int pixels = height * width;
    for (int i = 0; i < 2 * pixels; i++) {
      resized.values()[i] *= (float) scales[i / pixels];
    }
    return new MotionColourMap(channels, resized, colour.resized(height, width));
  }

  /** Returns the affine map between four pixels, row by row. */
  double[] colourAt(double row, double column) {
    double[] map = new double[colour.planes()];
    for (int plane = 0; plane < map.length; plane++) {
      map[plane] = colour.between(plane, row, column);
    }
    return map;
  }

  /**
   * Applies an affine map.
   *
   * @param map channels * (channels + 1) numbers, row by row
   * @param colours one number for each channel
   */
  static double[] applied(double[] map, double[] colours) {
    int channels = colours.length;
    double[] result = new double[channels];
    for (int row = 0; row < channels; row++) {
      result[row] = map[row * (channels + 1) + channels];
      for (int i = 0; i < channels; i++) {
        result[row] += map[row * (channels + 1) + i] * colours[i];
      }
    }
    return result;
  }

  /** Applies the map to a picture of its size. */
  PlanarPicture applyTo(PlanarPicture source) {
    PlanarPicture result = new PlanarPicture(channels, height(), width());
    double[] colours = new double[channels];
    for (int y = 0; y < height(); y++) {
      for (int x = 0; x < width(); x++) {
        for (int channel = 0; channel < channels; channel++) {
          colours[channel] =
              source.between(channel, y + motion.at(1, y, x), x + motion.at(0, y, x));
        }
        double[] mapped = applied(colourAt(y, x), colours);
        for (int channel = 0; channel < channels; channel++) {
          result.set(channel, y, x, mapped[channel]);
        }
      }
    }
    return result;
  }

  /**
   * Returns this change after an earlier one: what makes the result of this map of the picture that
   * the earlier one begins with.
   */
  MotionColourMap after(MotionColourMap earlier) {
    MotionColourMap both = identity(channels, height(), width());
    for (int y = 0; y < height(); y++) {
      for (int x = 0; x < width(); x++) {
        double column = x + motion.at(0, y, x);
        double row = y + motion.at(1, y, x);
        both.motion.set(0, y, x, column - x + earlier.motion.between(0, row, column));
        both.motion.set(1, y, x, row - y + earlier.motion.between(1, row, column));
        double[] product = product(colourAt(y, x), earlier.colourAt(row, column));
        for (int plane = 0; plane < product.length; plane++) {
          both.colour.set(plane, y, x, product[plane]);
        }
      }
    }
    return both;
  }

  /** The affine map that applies the second one first. */
  private double[] product(double[] last, double[] first) {
    double[] product = new double[last.length];
    int columns = channels + 1;
    for (int row = 0; row < channels; row++) {
      for (int column = 0; column < columns; column++) {
        double sum = column == channels ? last[row * columns + channels] : 0;
        for (int i = 0; i < channels; i++) {
          sum += last[row * columns + i] * first[i * columns + column];
        }
        product[row * columns + column] = sum;
      }
    }
    return product;
  }
}
