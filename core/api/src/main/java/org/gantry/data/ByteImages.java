package org.gantry.data;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Images of one size in memory, with 8 bits per value. They are exact and take a quarter of the
 * memory of floats. Immutable.
 */
public final class ByteImages {

  private final int count;
  private final int channels;
  private final int height;
  private final int width;
  private final byte[] values;

  /**
   * Wraps images.
   *
   * @param values unsigned bytes in the order (image, channel, row, column); not copied
   * @throws IllegalArgumentException if the number of values is not the product of the sizes
   */
  public ByteImages(int count, int channels, int height, int width, byte[] values) {
    if (values.length != (long) count * channels * height * width) {
      throw new IllegalArgumentException(
          "expected %d x %d x %d x %d values, found %d"
              .formatted(count, channels, height, width, values.length));
    }
    this.count = count;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /** Returns the number of images. */
  public int count() {
    return count;
  }

  /** Returns the number of channels: 1 for grey, 3 for red, green and blue. */
  public int channels() {
    return channels;
  }

  /** Returns the number of rows of an image. */
  public int height() {
    return height;
  }

  /** Returns the number of columns of an image. */
  public int width() {
    return width;
  }

  /** Returns one value, from 0 to 255. */
  public int value(int image, int channel, int row, int column) {
    return values[((image * channels + channel) * height + row) * width + column] & 0xFF;
  }

  /** Returns a field for these images: shape (channels, height, width), values in [-1, 1]. */
  public DatasetField field(String name) {
    return DatasetField.image(name, channels, height, width);
  }

  /** Puts one image into a buffer as (channels, height, width), with 0 as -1 and 255 as 1. */
  public void read(int image, FloatBuffer into) {
    int length = channels * height * width;
    for (int i = image * length; i < (image + 1) * length; i++) {
      into.put((values[i] & 0xFF) / 127.5f - 1);
    }
  }

  /** Returns the images with these indices, in the order of the indices. */
  public ByteImages select(int[] indices) {
    int length = channels * height * width;
    byte[] selected = new byte[Math.multiplyExact(indices.length, length)];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values, indices[i] * length, selected, i * length, length);
    }
    return new ByteImages(indices.length, channels, height, width, selected);
  }

  /**
   * Returns square images that show these images in their middle.
   *
   * @param size the side in pixels, at least the height and the width of these images
   * @param border the value around them, from 0 to 255
   */
  public ByteImages pad(int size, int border) {
    int top = (size - height) / 2;
    int left = (size - width) / 2;
    byte[] padded = new byte[Math.multiplyExact(count * channels, size * size)];
    Arrays.fill(padded, (byte) border);
    for (int plane = 0; plane < count * channels; plane++) {
      for (int row = 0; row < height; row++) {
        System.arraycopy(
            values,
            (plane * height + row) * width,
            padded,
            (plane * size + top + row) * size + left,
            width);
      }
    }
    return new ByteImages(count, channels, size, size, padded);
  }

  /**
   * Returns smaller images. Each pixel is the rounded mean of a square of pixels of these images.
   *
   * @param factor the side of the square in pixels; divides height and width
   */
  public ByteImages shrink(int factor) {
    int rows = height / factor;
    int columns = width / factor;
    byte[] small = new byte[count * channels * rows * columns];
    int area = factor * factor;
    for (int i = 0; i < small.length; i++) {
      int plane = i / (rows * columns);
      int top = i / columns % rows * factor;
      int left = i % columns * factor;
      int sum = 0;
      for (int pixel = 0; pixel < area; pixel++) {
        int row = plane * height + top + pixel / factor;
        sum += values[row * width + left + pixel % factor] & 0xFF;
      }
      small[i] = (byte) ((sum + area / 2) / area);
    }
    return new ByteImages(count, channels, rows, columns, small);
  }

  /**
   * Returns larger images. Each pixel of these images becomes a square of equal pixels.
   *
   * @param factor the side of the square in pixels, at least 1
   */
  public ByteImages enlarge(int factor) {
    int rows = height * factor;
    int columns = width * factor;
    byte[] large = new byte[Math.multiplyExact(count * channels, rows * columns)];
    for (int i = 0; i < large.length; i++) {
      int plane = i / (rows * columns);
      int row = i / columns % rows / factor;
      large[i] = values[(plane * height + row) * width + i % columns / factor];
    }
    return new ByteImages(count, channels, rows, columns, large);
  }
}
