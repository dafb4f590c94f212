package org.gantry.plugin.imagefolder;

import java.util.Arrays;

/** A decoded picture without transparency. Immutable if its callers leave the pixels alone. */
final class RgbPicture {

  private static final int WHITE = 0xFFFFFF;

  private final int width;
  private final int height;
  private final int[] pixels;

  /**
   * Creates a picture.
   *
   * @param pixels the pixels by rows, as 0xRRGGBB; not copied
   */
  RgbPicture(int width, int height, int[] pixels) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Returns the pixels by rows, as 0xRRGGBB; not copied. */
  int[] pixels() {
    return pixels;
  }

  /** The channels of the values of a picture. */
  enum ColorMode {
    RGB(3),
    GREY(1),
    /** How opaque the picture is, as {@link PictureDecoder#decodeOpacity} has it in all colours. */
    ALPHA(1);

    private final int count;

    ColorMode(int count) {
      this.count = count;
    }

    int count() {
      return count;
    }
  }

  /** How a picture is brought to another ratio of width and height. */
  enum FitMode {
    /** Cut off what is too much, equally on both sides. */
    CROP,
    /** Add white on both sides. */
    PAD,
    /** Scale both directions separately. */
    STRETCH
  }

  /**
   * Turns and mirrors a stored picture so that it is upright.
   *
   * @param orientation the value of the EXIF tag, 1 to 8; 1 is upright
   */
  RgbPicture upright(int orientation) {
    if (orientation == 1) {
      return this;
    }
    boolean swapped = orientation >= 5;
    int newWidth = swapped ? height : width;
    int newHeight = swapped ? width : height;
    int[] turned = new int[pixels.length];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        int column =
            switch (orientation) {
              case 2, 3 -> width - 1 - x;
              case 4 -> x;
              case 5, 6 -> y;
              default -> width - 1 - y;
            };
        int row =
            switch (orientation) {
              case 2 -> y;
              case 3, 4 -> height - 1 - y;
              case 5, 8 -> x;
              default -> height - 1 - x;
            };
        turned[y * newWidth + x] = pixels[row * width + column];
      }
    }
    return new RgbPicture(newWidth, newHeight, turned);
  }

  /**
   * Brings the picture to a size.
   *
   * @throws UnreadablePictureException if it would be too large with white around it
   */
  RgbPicture fitted(int newWidth, int newHeight, FitMode mode) throws UnreadablePictureException {
    RgbPicture source =
        switch (mode) {
          case STRETCH -> this;
          case CROP -> centre(ratioWidth(newWidth, newHeight), ratioHeight(newWidth, newHeight));
          case PAD -> padded(newWidth, newHeight);
        };
    return PictureScaling.scale(source, newWidth, newHeight);
  }

  /** The width of the largest rectangle of a ratio in this picture. */
  private int ratioWidth(int ratioWidth, int ratioHeight) {
    long wide = height * (long) ratioWidth;
    return wide >= width * (long) ratioHeight
        ? width
        : (int) Math.max(1, Math.round(wide / (double) ratioHeight));
  }

  private int ratioHeight(int ratioWidth, int ratioHeight) {
    long high = width * (long) ratioHeight;
    return high >= height * (long) ratioWidth
        ? height
        : (int) Math.max(1, Math.round(high / (double) ratioWidth));
  }

  private RgbPicture padded(int ratioWidth, int ratioHeight) throws UnreadablePictureException {
    long newWidth = Math.max(width, Math.round(height * (double) ratioWidth / ratioHeight));
    long newHeight = Math.max(height, Math.round(width * (double) ratioHeight / ratioWidth));
    PictureLimits.requireAllowed(newWidth, newHeight);
    return centre((int) newWidth, (int) newHeight);
  }

  /** The middle of the picture, with white around it where it is smaller. */
  private RgbPicture centre(int newWidth, int newHeight) {
    if (newWidth == width && newHeight == height) {
      return this;
    }
    int left = Math.floorDiv(width - newWidth, 2);
    int top = Math.floorDiv(height - newHeight, 2);
    int[] cut = new int[newWidth * newHeight];
    Arrays.fill(cut, WHITE);
    int columns = Math.min(width, newWidth);
    for (int y = Math.max(0, -top); y < newHeight && y + top < height; y++) {
      System.arraycopy(
          pixels,
          (y + top) * width + Math.max(0, left),
          cut,
          y * newWidth + Math.max(0, -left),
          columns);
    }
    return new RgbPicture(newWidth, newHeight, cut);
  }

  /**
   * Returns unsigned bytes in the order (channel, row, column); grey is 0.299 red + 0.587 green +
   * 0.114 blue.
   */
  byte[] values(ColorMode mode) {
    byte[] values = new byte[mode.count() * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int red = pixels[i] >> 16 & 0xFF;
      int green = pixels[i] >> 8 & 0xFF;
      int blue = pixels[i] & 0xFF;
      if (mode == ColorMode.ALPHA) {
        values[i] = (byte) red;
      } else if (mode == ColorMode.GREY) {
        values[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
      } else {
        values[i] = (byte) red;
        values[pixels.length + i] = (byte) green;
        values[2 * pixels.length + i] = (byte) blue;
      }
    }
    return values;
  }

  /** Returns the picture of values in the order (channel, row, column). */
  static RgbPicture ofValues(int width, int height, byte[] values) {
    int[] pixels = new int[width * height];
    int step = values.length > pixels.length ? pixels.length : 0;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] =
          (values[i] & 0xFF) << 16 | (values[step + i] & 0xFF) << 8 | (values[2 * step + i] & 0xFF);
    }
    return new RgbPicture(width, height, pixels);
  }
}
