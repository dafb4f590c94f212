package org.gantry.runs.internal.samples;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.gantry.charts.PictureCaption;
import org.gantry.charts.PngStream;

/** Draws images in a grid, row by row, enlarged to a legible size. */
final class ImageGrid {

  private static final int GAP = 2;
  private static final int MIN_SIDE = 64;
  private static final int BACKGROUND = 0x808080;

  private ImageGrid() {}

  /** Whether samples of a shape are grey or colour images. */
  static boolean canDraw(Shape shape) {
    return shape.dimension() == 3 && (shape.get(0) == 1 || shape.get(0) == 3);
  }

  /** The images in a row of a grid that is as square as possible. */
  static int squareColumns(int count) {
    return (int) Math.ceil(Math.sqrt(count));
  }

  /** Draws a grid that is as square as possible. */
  static BufferedImage draw(SampleValues samples) {
    return draw(samples, squareColumns(samples.count()));
  }

  /**
   * Draws a grid as {@link #draw(SampleValues)} does, in which groups of images stay together.
   *
   * @param group how many consecutive images belong together
   */
  static BufferedImage drawGroups(SampleValues samples, int group) {
    return draw(samples, ceilDiv(squareColumns(samples.count()), group) * group);
  }

  /**
   * Draws a grid row by row, so that neither the picture nor the samples have to fit into Java's
   * memory.
   *
   * @param samples gives the samples from one number up to another
   * @param columns the images in a row
   * @param caption stands below the grid, and is the description of the PNG; may be empty
   * @param out receives a PNG, and stays open
   */
  static void stream(GridRows samples, int count, int columns, String caption, OutputStream out)
      throws IOException {
    int rows = ceilDiv(count, columns);
    SampleValues first = samples.read(0, Math.min(columns, count));
    boolean grey = first.shape().get(0) == 1;
    BufferedImage band = draw(first, columns);
    int down = band.getHeight() - GAP;
    int width = band.getWidth();
    Optional<BufferedImage> words =
        Optional.of(caption).filter(c -> !c.isEmpty()).map(c -> PictureCaption.draw(c, width));
    int below = words.map(BufferedImage::getHeight).orElse(0);
    int all = rows * down + GAP + below;
    try (PngStream png =
        grey ? PngStream.grey(out, width, all, caption) : new PngStream(out, width, all, caption)) {
      for (int row = 0; row < rows; row++) {
        if (row > 0) {
          int from = row * columns;
          band = draw(samples.read(from, Math.min(count, from + columns)), columns);
        }
        write(band, row == rows - 1 ? band.getHeight() : down, png);
      }
      if (words.isPresent()) {
        write(words.get(), below, png);
      }
      png.finish();
    }
  }

  /** Writes the first rows of an image. */
  private static void write(BufferedImage image, int rows, PngStream png) throws IOException {
    int width = image.getWidth();
    for (int y = 0; y < rows; y++) {
      png.row(pixels(image), y * width);
    }
  }

  /** Reads samples for some rows of a grid. */
  @FunctionalInterface
  interface GridRows {

    /** The samples from one number up to another. */
    SampleValues read(int from, int to);
  }

  /** Draws one sample in its own size. */
  static BufferedImage drawOne(SampleValues samples, int sample) {
    int channels = Math.toIntExact(samples.shape().get(0));
    int height = Math.toIntExact(samples.shape().get(1));
    int width = Math.toIntExact(samples.shape().get(2));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] pixels = pixels(image);
    for (int pixel = 0; pixel < pixels.length; pixel++) {
      pixels[pixel] = colour(samples, sample, pixel, channels, height * width);
    }
    return image;
  }

  /**
   * Draws a grid. Each image is enlarged by an integer factor to at least 64 pixels; images are 2
   * pixels apart.
   *
   * @param samples of shape (1 or 3, height, width); their range becomes black to white
   * @param columns the images in a row
   */
  static BufferedImage draw(SampleValues samples, int columns) {
    int channels = Math.toIntExact(samples.shape().get(0));
    int height = Math.toIntExact(samples.shape().get(1));
    int width = Math.toIntExact(samples.shape().get(2));
    int scale = Math.max(1, ceilDiv(MIN_SIDE, Math.max(height, width)));
    int rows = ceilDiv(samples.count(), columns);
    int across = width * scale + GAP;
    int down = height * scale + GAP;
    BufferedImage image =
        new BufferedImage(columns * across + GAP, rows * down + GAP, BufferedImage.TYPE_INT_RGB);
    int[] pixels = pixels(image);
    Arrays.fill(pixels, BACKGROUND);
    for (int sample = 0; sample < samples.count(); sample++) {
      int left = sample % columns * across + GAP;
      int top = sample / columns * down + GAP;
      for (int y = 0; y < height; y++) {
        int line = (top + y * scale) * image.getWidth() + left;
        for (int x = 0; x < width; x++) {
          int colour = colour(samples, sample, y * width + x, channels, height * width);
          Arrays.fill(pixels, line + x * scale, line + (x + 1) * scale, colour);
        }
        for (int copy = 1; copy < scale; copy++) {
          int copied = line + copy * image.getWidth();
          System.arraycopy(pixels, line, pixels, copied, width * scale);
        }
      }
    }
    return image;
  }

  /** Divides and rounds up. */
  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  /**
   * The colours of an image of ints, row by row. To set them one by one takes ten times as long.
   */
  private static int[] pixels(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
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
