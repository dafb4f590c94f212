package org.gantry.runs.blending;

/**
 * The gradients that a blended picture should have: those of the foreground inside the mask, and
 * those of the background outside. Between two pixels the mask is the mean of both, so gradients
 * across the edge of a hard mask are half of each.
 */
final class GuidanceField {

  private GuidanceField() {}

  /**
   * Returns the negative divergence of the field. No gradient leads out of the picture, so it adds
   * up to 0.
   */
  static double[] negativeDivergence(
      ImagePlane foreground, ImagePlane background, ImagePlane mask) {
    int height = mask.height();
    int width = mask.width();
    double[] result = new double[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        if (x + 1 < width) {
          addLink(foreground, background, mask, at, at + 1, result);
        }
        if (y + 1 < height) {
          addLink(foreground, background, mask, at, at + width, result);
        }
      }
    }
    return result;
  }

  private static void addLink(
      ImagePlane foreground,
      ImagePlane background,
      ImagePlane mask,
      int from,
      int to,
      double[] result) {
    double inside = (mask.values()[from] + mask.values()[to]) / 2.0;
    double gradient =
        inside * (foreground.values()[to] - foreground.values()[from])
            + (1 - inside) * (background.values()[to] - background.values()[from]);
    result[from] -= gradient;
    result[to] += gradient;
  }
}
