package org.gantry.plugin.imagefolder;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The pixels of decoded images as 0xRRGGBB, on white where they are transparent.
 *
 * <p>Grey keeps its stored values. Java would take it for linear light and brighten it.
 */
final class OpaquePixels {

  private static final int WHITE = 0xFFFFFF;

  private OpaquePixels() {}

  static int[] of(BufferedImage image) throws UnreadablePictureException {
    ColorModel model = image.getColorModel();
    ColorSpace colours = model.getColorSpace();
    int type = image.getRaster().getDataBuffer().getDataType();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      throw new UnreadablePictureException(
          "it has floating-point values; save it with 8 or 16 bits");
    } else if (model instanceof IndexColorModel) {
      return ofModel(image);
    } else if (colours.getType() == ColorSpace.TYPE_GRAY) {
      return ofGrey(image);
    } else if (colours.getType() == ColorSpace.TYPE_CMYK) {
      return ofInk(image.getRaster());
    }
    return colours.isCS_sRGB() ? ofModel(image) : ofModel(converted(image));
  }

  /** Makes the pixels of one grey value white. */
  static void whiten(int[] pixels, int grey) {
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] == grey * 0x010101) {
        pixels[i] = WHITE;
      }
    }
  }

  private static int[] ofModel(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    for (int i = 0; i < pixels.length; i++) {
      int alpha = pixels[i] >>> 24;
      pixels[i] =
          alpha == 255
              ? pixels[i] & 0xFFFFFF
              : onWhite(pixels[i] >> 16 & 0xFF, alpha) << 16
                  | onWhite(pixels[i] >> 8 & 0xFF, alpha) << 8
                  | onWhite(pixels[i] & 0xFF, alpha);
    }
    return pixels;
  }

  /** Converts an image with a colour profile to sRGB. */
  private static BufferedImage converted(BufferedImage image) {
    boolean alpha = image.getColorModel().hasAlpha();
    BufferedImage standard =
        new BufferedImage(
            image.getWidth(),
            image.getHeight(),
            alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = standard.createGraphics();
    graphics.drawImage(image, 0, 0, alpha ? null : Color.WHITE, null);
    graphics.dispose();
    return standard;
  }

  private static int[] ofGrey(BufferedImage image) {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    boolean hasAlpha = model.hasAlpha() && raster.getNumBands() > 1;
    int most = (1 << model.getComponentSize(0)) - 1;
    int[] pixels = new int[raster.getWidth() * raster.getHeight()];
    int[] row = new int[raster.getWidth() * raster.getNumBands()];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i += raster.getNumBands()) {
        int grey = scaled(row[i], most);
        if (hasAlpha) {
          int alpha = scaled(row[i + 1], most);
          grey =
              model.isAlphaPremultiplied()
                  ? Math.min(255, grey + 255 - alpha)
                  : onWhite(grey, alpha);
        }
        pixels[at++] = grey * 0x010101;
      }
    }
    return pixels;
  }

  private static int scaled(int value, int most) {
    return most == 255 ? value : (int) ((value * 255L + most / 2) / most);
  }

  private static int onWhite(int value, int alpha) {
    return (value * alpha + 255 * (255 - alpha) + 127) / 255;
  }

  /** CMYK values as amounts of ink, as in TIFF files. */
  private static int[] ofInk(Raster raster) {
    int[] pixels = new int[raster.getWidth() * raster.getHeight()];
    int most = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    int[] row = new int[raster.getWidth() * raster.getNumBands()];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i += raster.getNumBands()) {
        pixels[at++] =
            printed(
                255 - scaled(row[i], most),
                255 - scaled(row[i + 1], most),
                255 - scaled(row[i + 2], most),
                255 - scaled(row[i + 3], most));
      }
    }
    return pixels;
  }

  /**
   * The pixels of a JPEG raster with four components. By Adobe's convention, which all programs
   * follow, the values are the amounts of light that the inks leave.
   *
   * @param luminance whether the first three components are luminance and colour differences
   */
  static int[] ofCmyk(Raster raster, boolean luminance) {
    int[] pixels = new int[raster.getWidth() * raster.getHeight()];
    int[] row = new int[raster.getWidth() * raster.getNumBands()];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i += raster.getNumBands()) {
        int cyan = row[i];
        int magenta = row[i + 1];
        int yellow = row[i + 2];
        if (luminance) {
          double blueness = row[i + 1] - 128;
          double redness = row[i + 2] - 128;
          cyan = 255 - clamped(row[i] + 1.402 * redness);
          magenta = 255 - clamped(row[i] - 0.344136 * blueness - 0.714136 * redness);
          yellow = 255 - clamped(row[i] + 1.772 * blueness);
        }
        pixels[at++] = printed(cyan, magenta, yellow, row[i + 3]);
      }
    }
    return pixels;
  }

  private static int clamped(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** The colour of four inks, each given by the light that it leaves. */
  private static int printed(int cyan, int magenta, int yellow, int black) {
    return lit(cyan, black) << 16 | lit(magenta, black) << 8 | lit(yellow, black);
  }

  private static int lit(int colour, int black) {
    return (colour * black + 127) / 255;
  }
}
