package org.gantry.plugin.brushes;

/**
 * Moves planes of pixels. Between pixels it interpolates, and beyond the border all values are 0.
 *
 * @param across the pixels to the right
 * @param down the pixels down
 * @param height the height of a plane
 * @param width the width of a plane
 */
record PlaneShift(double across, double down, int height, int width) {

  /**
   * Returns moved planes.
   *
   * @param planes in the order (plane, row, column)
   */
  float[] of(float[] planes) {
    float[] moved = new float[planes.length];
    int pixels = height * width;
    for (int i = 0; i < moved.length; i++) {
      int row = i % pixels / width;
      int column = i % width;
      moved[i] = at(planes, i / pixels * pixels, row - down, column - across);
    }
    return moved;
  }

  private float at(float[] planes, int plane, double row, double column) {
    int top = (int) Math.floor(row);
    int left = (int) Math.floor(column);
    double below = row - top;
    double right = column - left;
    return (float)
        ((1 - below) * (1 - right) * pixel(planes, plane, top, left)
            + (1 - below) * right * pixel(planes, plane, top, left + 1)
            + below * (1 - right) * pixel(planes, plane, top + 1, left)
            + below * right * pixel(planes, plane, top + 1, left + 1));
  }

  private float pixel(float[] planes, int plane, int row, int column) {
    boolean inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? planes[plane + row * width + column] : 0;
  }
}
