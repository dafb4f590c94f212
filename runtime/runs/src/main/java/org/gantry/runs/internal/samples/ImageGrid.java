package org.gantry.runs.internal.samples;

import java.awt.image.BufferedImage;

/** Draws images in a grid, row by row, enlarged to a legible size. */
final class ImageGrid {

  private static final int GAP = 2;
  private static final int MIN_SIDE = 64;
  private static final int BACKGROUND = 0x808080;

  private ImageGrid() {}

  /** Whether the samples are grey or colour images. */
  static boolean canDraw(SampleValues samples) {
    return samples.shape().dimension() == 3
        && (samples.shape().get(0) == 1 || samples.shape().get(0) == 3);
  }

  /**
   * Draws a grid that is as square as possible. Each image is enlarged by an integer factor to at
   * least 64 pixels; images are 2 pixels apart.
   *
   * @param samples of shape (1 or 3, height, width); their range becomes black to white
   */
  static BufferedImage draw(SampleValues samples) {
    int channels = Math.toIntExact(samples.shape().get(0));
    int height = Math.toIntExact(samples.shape().get(1));
    int width = Math.toIntExact(samples.shape().get(2));
    int scale = Math.max(1, ceilDiv(MIN_SIDE, Math.max(height, width)));
    int columns = (int) Math.ceil(Math.sqrt(samples.count()));
    int rows = ceilDiv(samples.count(), columns);
    int across = width * scale + GAP;
    int down = height * scale + GAP;
    BufferedImage image =
        new BufferedImage(columns * across + GAP, rows * down + GAP, BufferedImage.TYPE_INT_RGB);
    fill(image);
    for (int sample = 0; sample < samples.count(); sample++) {
      int left = sample % columns * across + GAP;
      int top = sample / columns * down + GAP;
      for (int y = 0; y < height * scale; y++) {
        for (int x = 0; x < width * scale; x++) {
          int pixel = y / scale * width + x / scale;
          image.setRGB(left + x, top + y, colour(samples, sample, pixel, channels, height * width));
        }
      }
    }
    return image;
  }

  /** Divides and rounds up. */
  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static void fill(BufferedImage image) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, BACKGROUND);
      }
    }
  }

  private static int colour(SampleValues samples, int sample, int pixel, int channels, int area) {
    int red = level(samples, samples.at(sample, pixel));
    if (channels == 1) {
      return red << 16 | red << 8 | red;
    }
    int green = level(samples, samples.at(sample, area + pixel));
    int blue = level(samples, samples.at(sample, 2 * area + pixel));
    return red << 16 | green << 8 | blue;
  }

  /** Maps [low, high] to 0..255; clips values outside of the range and maps NaN to 0. */
  static int level(SampleValues samples, float value) {
    double fraction = (value - samples.low()) / (samples.high() - samples.low());
    return (int) Math.round(255 * Math.min(1, Math.max(0, fraction)));
  }
}
