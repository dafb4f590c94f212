package org.gantry.data;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Pictures of one size in memory, 8 bits a value: a quarter of what floats would take, and exact.
 * Immutable.
 */
public final class ByteImages {

  private final int count;
  private final int channels;
  private final int height;
  private final int width;
  private final byte[] values;

  /**
   * Wraps pictures.
   *
   * @param values unsigned bytes in the order (picture, channel, row, column); kept, not copied
   * @throws IllegalArgumentException if the number of values is not that of the sizes
   */
  public ByteImages(int count, int channels, int height, int width, byte[] values) {
    if (values.length != (long) count * channels * height * width) {
      throw new IllegalArgumentException(
          values.length
              + " values for "
              + String.join(" x ", "" + count, "" + channels, "" + height, "" + width));
    }
    this.count = count;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /** The number of pictures. */
  public int count() {
    return count;
  }

  /** 1 for grey, 3 for red, green, blue. */
  public int channels() {
    return channels;
  }

  /** Rows of a picture. */
  public int height() {
    return height;
  }

  /** Columns of a picture. */
  public int width() {
    return width;
  }

  /** One value, from 0 to 255. */
  public int value(int picture, int channel, int row, int column) {
    return values[((picture * channels + channel) * height + row) * width + column] & 0xFF;
  }

  /** The field that these pictures are: shape (channels, height, width), values in [-1, 1]. */
  public DatasetField field(String name) {
    DatasetField image = DatasetField.image(channels, height, width);
    return new DatasetField(name, image.shape(), image.low(), image.high(), image.classNames());
  }

  /** Writes one picture as (channels, height, width), with 0 as -1 and 255 as 1. */
  public void read(int picture, FloatBuffer into) {
    int length = channels * height * width;
    for (int i = picture * length; i < (picture + 1) * length; i++) {
      into.put((values[i] & 0xFF) / 127.5f - 1);
    }
  }

  /** The pictures of the given indices, in their order. */
  public ByteImages select(int[] pictures) {
    int length = channels * height * width;
    byte[] selected = new byte[Math.multiplyExact(pictures.length, length)];
    for (int i = 0; i < pictures.length; i++) {
      System.arraycopy(values, pictures[i] * length, selected, i * length, length);
    }
    return new ByteImages(pictures.length, channels, height, width, selected);
  }

  /**
   * The pictures in the middle of larger, square ones.
   *
   * @param size pixels a side, at least the present height and width
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
   * Smaller pictures, in which every pixel is the mean of a square of the present ones, rounded.
   *
   * @param factor pixels a side of that square; divides height and width
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
}
