package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/**
 * An affine map of the image plane, small enough to preserve the content. With x and y measured
 * from the centre, the pixel at (x, y) is read from (a x + b y + right, c x + d y + down), with
 * bilinear interpolation. Outside of the image, the border is repeated.
 */
record AffineWarp(
    int height, int width, double a, double b, double c, double d, double right, double down) {

  private static final double MAX_ROTATION = Math.toRadians(12);
  private static final double MAX_SCALE = 0.1;
  private static final double MAX_SHEAR = 0.1;
  private static final double MAX_SHIFT = 1.0 / 14;

  /** Draws a rotation by up to 12 degrees, a scale and a shear by up to a tenth, and a shift. */
  static AffineWarp draw(RandomGenerator random, Shape shape) {
    int height = Math.toIntExact(shape.get(1));
    int width = Math.toIntExact(shape.get(2));
    double rotation = random.nextDouble(-MAX_ROTATION, MAX_ROTATION);
    double across = 1 + random.nextDouble(-MAX_SCALE, MAX_SCALE);
    double along = 1 + random.nextDouble(-MAX_SCALE, MAX_SCALE);
    double shear = random.nextDouble(-MAX_SHEAR, MAX_SHEAR);
    return new AffineWarp(
        height,
        width,
        across * Math.cos(rotation),
        along * (shear - Math.sin(rotation)),
        across * Math.sin(rotation),
        along * Math.cos(rotation),
        width * random.nextDouble(-MAX_SHIFT, MAX_SHIFT),
        height * random.nextDouble(-MAX_SHIFT, MAX_SHIFT));
  }

  /**
   * Warps an image.
   *
   * @param image channels x height x width values
   * @param into receives as many values
   */
  void apply(float[] image, FloatBuffer into) {
    for (int plane = 0; plane < image.length; plane += height * width) {
      for (int row = 0; row < height; row++) {
        double y = row - (height - 1) / 2.0;
        for (int column = 0; column < width; column++) {
          double x = column - (width - 1) / 2.0;
          into.put(
              interpolate(
                  image,
                  plane,
                  c * x + d * y + down + (height - 1) / 2.0,
                  a * x + b * y + right + (width - 1) / 2.0));
        }
      }
    }
  }

  private float interpolate(float[] image, int plane, double row, double column) {
    double y = Math.max(0, Math.min(height - 1, row));
    double x = Math.max(0, Math.min(width - 1, column));
    int top = (int) y;
    int left = (int) x;
    int bottom = Math.min(top + 1, height - 1);
    int next = Math.min(left + 1, width - 1);
    double vertical = y - top;
    double horizontal = x - left;
    double above =
        (1 - horizontal) * image[plane + top * width + left]
            + horizontal * image[plane + top * width + next];
    double below =
        (1 - horizontal) * image[plane + bottom * width + left]
            + horizontal * image[plane + bottom * width + next];
    return (float) ((1 - vertical) * above + vertical * below);
  }
}
