package org.gantry.runs.blending;

import org.gantry.runs.translation.ImagePixels;

/**
 * The pictures of a blend, all of one size, with values from 0 to 1.
 *
 * @param foreground what comes into the background where the mask is 1
 * @param background as many channels as the foreground
 * @param mask one channel
 */
public record BlendInput(ImagePixels foreground, ImagePixels background, ImagePixels mask) {

  /** Checks the sizes. */
  public BlendInput {
    if (foreground.channels() != background.channels() || mask.channels() != 1) {
      throw new IllegalArgumentException(
          "expected a foreground and a background of as many channels, and a mask of one, not %d, %d and %d"
              .formatted(foreground.channels(), background.channels(), mask.channels()));
    }
    requireSize("foreground", foreground, background);
    requireSize("mask", mask, background);
  }

  private static void requireSize(String what, ImagePixels picture, ImagePixels background) {
    if (picture.height() != background.height() || picture.width() != background.width()) {
      throw new IllegalArgumentException(
          "expected a %s of %d x %d pixels, not %d x %d"
              .formatted(
                  what,
                  background.width(),
                  background.height(),
                  picture.width(),
                  picture.height()));
    }
  }

  /**
   * Places a foreground on a background. Around the foreground its edges continue, so that a mask
   * can reach up to them; what lies beyond the background is cut off.
   *
   * @param mask as large as the foreground
   * @param left the column of the background where the foreground begins, possibly negative
   * @param top the row of the background where the foreground begins, possibly negative
   */
  public static BlendInput place(
      ImagePixels foreground, ImagePixels mask, ImagePixels background, int left, int top) {
    requireSize("mask", mask, foreground);
    int height = background.height();
    int width = background.width();
    int channels = foreground.channels();
    float[] placed = new float[channels * height * width];
    float[] placedMask = new float[height * width];
    for (int y = 0; y < height; y++) {
      int row = Math.max(0, Math.min(foreground.height() - 1, y - top));
      for (int x = 0; x < width; x++) {
        int column = Math.max(0, Math.min(foreground.width() - 1, x - left));
        int from = row * foreground.width() + column;
        for (int channel = 0; channel < channels; channel++) {
          placed[(channel * height + y) * width + x] =
              foreground.values()[channel * foreground.height() * foreground.width() + from];
        }
        if (row == y - top && column == x - left) {
          placedMask[y * width + x] = mask.values()[from];
        }
      }
    }
    return new BlendInput(
        new ImagePixels(channels, height, width, placed),
        background,
        new ImagePixels(1, height, width, placedMask));
  }

  /** Returns the foreground pasted into the background: the mean of both, weighted by the mask. */
  public ImagePixels pasted() {
    int size = mask.values().length;
    float[] values = new float[background.values().length];
    for (int i = 0; i < values.length; i++) {
      float inside = mask.values()[i % size];
      values[i] = inside * foreground.values()[i] + (1 - inside) * background.values()[i];
    }
    return new ImagePixels(background.channels(), background.height(), background.width(), values);
  }
}
