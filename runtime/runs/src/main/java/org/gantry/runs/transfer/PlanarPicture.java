package org.gantry.runs.transfer;

/**
 * Planes of numbers, such as the channels of a picture with values from 0 to 1. Beyond the border
 * the nearest pixel counts.
 */
final class PlanarPicture {

  private final int planes;
  private final int height;
  private final int width;
  private final float[] values;

  /**
   * Creates planes.
   *
   * @param values in the order (plane, row, column); not copied
   */
  PlanarPicture(int planes, int height, int width, float[] values) {
    this.planes = planes;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /** Creates planes of zeros. */
  PlanarPicture(int planes, int height, int width) {
    this(planes, height, width, new float[planes * height * width]);
  }

  int planes() {
    return planes;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  /** Returns the values in the order (plane, row, column); not copied. */
  float[] values() {
    return values;
  }

  float at(int plane, int row, int column) {
    int y = Math.max(0, Math.min(height - 1, row));
    int x = Math.max(0, Math.min(width - 1, column));
    return values[(plane * height + y) * width + x];
  }

  void set(int plane, int row, int column, double value) {
    values[(plane * height + row) * width + column] = (float) value;
  }

  /** Returns the value between four pixels. */
  double between(int plane, double row, double column) {
    double y = Math.max(0, Math.min(height - 1, row));
    double x = Math.max(0, Math.min(width - 1, column));
    int top = (int) y;
    int left = (int) x;
    double below = y - top;
    double right = x - left;
    return (1 - below) * ((1 - right) * at(plane, top, left) + right * at(plane, top, left + 1))
        + below * ((1 - right) * at(plane, top + 1, left) + right * at(plane, top + 1, left + 1));
  }

  /** Returns the picture with half the sides, rounded up; each pixel is the mean of four. */
  PlanarPicture halved() {
    PlanarPicture half = new PlanarPicture(planes, (height + 1) / 2, (width + 1) / 2);
    for (int plane = 0; plane < planes; plane++) {
      for (int y = 0; y < half.height; y++) {
        for (int x = 0; x < half.width; x++) {
          half.set(
              plane,
              y,
              x,
              (at(plane, 2 * y, 2 * x)
                      + at(plane, 2 * y, 2 * x + 1)
                      + at(plane, 2 * y + 1, 2 * x)
                      + at(plane, 2 * y + 1, 2 * x + 1))
                  / 4.0);
        }
      }
    }
    return half;
  }

  /** Returns the planes in another size. */
  PlanarPicture resized(int newHeight, int newWidth) {
    PlanarPicture resized = new PlanarPicture(planes, newHeight, newWidth);
    for (int plane = 0; plane < planes; plane++) {
      for (int y = 0; y < newHeight; y++) {
        double row = (y + 0.5) * height / newHeight - 0.5;
        for (int x = 0; x < newWidth; x++) {
          double column = (x + 0.5) * width / newWidth - 0.5;
          resized.set(plane, y, x, between(plane, row, column));
        }
      }
    }
    return resized;
  }
}
