package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/**
 * An affine map of a picture's plane onto itself, small enough to keep what the picture shows. The
 * pixel at (x, y) from the centre is taken from (a x + b y + right, c x + d y + down), by bilinear
 * interpolation; beyond the border, the border is repeated.
 */
record AffineWarp(
    int height, int width, double a, double b, double c, double d, double right, double down) {

  private static final double TURN = Math.toRadians(12);
  private static final double SCALE = 0.1;
  private static final double SHEAR = 0.1;
  private static final double SHIFT = 1.0 / 14;

  /** Draws a turn by up to 12 degrees, a scale and a shear by up to a tenth, and a shift. */
  static AffineWarp draw(RandomGenerator random, Shape image) {
    int height = Math.toIntExact(image.get(1));
    int width = Math.toIntExact(image.get(2));
    double turn = random.nextDouble(-TURN, TURN);
    double across = 1 + random.nextDouble(-SCALE, SCALE);
    double along = 1 + random.nextDouble(-SCALE, SCALE);
    double shear = random.nextDouble(-SHEAR, SHEAR);
    return new AffineWarp(
        height,
        width,
        across * Math.cos(turn),
        along * (shear - Math.sin(turn)),
        across * Math.sin(turn),
        along * Math.cos(turn),
        width * random.nextDouble(-SHIFT, SHIFT),
        height * random.nextDouble(-SHIFT, SHIFT));
  }

  /**
   * Maps a picture.
   *
   * @param picture channels x height x width values
   * @param into receives as many
   */
  void apply(float[] picture, FloatBuffer into) {
    for (int plane = 0; plane < picture.length; plane += height * width) {
      for (int row = 0; row < height; row++) {
        double y = row - (height - 1) / 2.0;
        for (int column = 0; column < width; column++) {
          double x = column - (width - 1) / 2.0;
          into.put(
              interpolate(
                  picture,
                  plane,
                  c * x + d * y + down + (height - 1) / 2.0,
                  a * x + b * y + right + (width - 1) / 2.0));
        }
      }
    }
  }

  private float interpolate(float[] picture, int plane, double row, double column) {
    double y = Math.max(0, Math.min(height - 1, row));
    double x = Math.max(0, Math.min(width - 1, column));
    int top = (int) y;
    int left = (int) x;
    int bottom = Math.min(top + 1, height - 1);
    int next = Math.min(left + 1, width - 1);
    double under = y - top;
    double beside = x - left;
    double above =
        (1 - beside) * picture[plane + top * width + left]
            + beside * picture[plane + top * width + next];
    double below =
        (1 - beside) * picture[plane + bottom * width + left]
            + beside * picture[plane + bottom * width + next];
    return (float) ((1 - under) * above + under * below);
  }
}
