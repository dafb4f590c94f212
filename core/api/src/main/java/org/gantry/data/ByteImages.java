package org.gantry.data;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Images of one size in memory, with 8 bits per value. They are exact and take a quarter of the
 * memory of floats. Immutable.
 *
 * <p>The sizes are known at once. Values that have to be decoded or scaled are computed when one of
 * them is first read, because most commands only need the sizes.
 */
public final class ByteImages {

  private final int channels;
  private final int height;
  private final int width;

  /** For each image, its place among the images that the values are of. */
  private final int[] places;

  private final DeferredBytes values;

  private ByteImages(int channels, int height, int width, int[] places, DeferredBytes values) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.places = places;
    this.values = values;
  }

  /**
   * Wraps images.
   *
   * @param values unsigned bytes in the order (image, channel, row, column); not copied
   * @throws IllegalArgumentException if the number of values is not the product of the sizes
   */
  public ByteImages(int count, int channels, int height, int width, byte[] values) {
    this(count, channels, height, width, DeferredBytes.of(values));
  }

  ByteImages(int count, int channels, int height, int width, DeferredBytes values) {
    this(channels, height, width, IntStream.range(0, count).toArray(), values);
    if (values.length() != (long) count * channels * height * width) {
      throw new IllegalArgumentException(
          "expected %d x %d x %d x %d values, found %d"
              .formatted(count, channels, height, width, values.length()));
    }
  }

  /**
   * Returns images whose values are computed when one of them is first read.
   *
   * @param values gives unsigned bytes in the order (image, channel, row, column), as many as the
   *     product of the sizes; what it throws, the reading throws
   * @throws ArithmeticException if the number of values is beyond that of an array
   */
  public static ByteImages deferred(
      int count, int channels, int height, int width, Supplier<byte[]> values) {
    int length = length(count, channels, height, width);
    return new ByteImages(count, channels, height, width, DeferredBytes.of(length, values));
  }

  private static int length(int count, int channels, int height, int width) {
    return Math.multiplyExact(
        Math.multiplyExact(count, channels), Math.multiplyExact(height, width));
  }

  /** Returns the number of images. */
  public int count() {
    return places.length;
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
    return values.get()[start(image) + (channel * height + row) * width + column] & 0xFF;
  }

  private int imageLength() {
    return channels * height * width;
  }

  /** The position of the first value of an image. */
  private int start(int image) {
    return places[image] * imageLength();
  }

  /** Returns a field for these images: shape (channels, height, width), values in [-1, 1]. */
  public DatasetField field(String name) {
    return DatasetField.image(name, channels, height, width);
  }

  /** Puts one image into a buffer as (channels, height, width), with 0 as -1 and 255 as 1. */
  public void read(int image, FloatBuffer into) {
    byte[] all = values.get();
    int start = start(image);
    for (int i = start; i < start + imageLength(); i++) {
      into.put((all[i] & 0xFF) / 127.5f - 1);
    }
  }

  /**
   * Returns the images with these indices, in the order of the indices. They share their values
   * with these images.
   */
  public ByteImages select(int[] indices) {
    int[] selected = IntStream.of(indices).map(index -> places[index]).toArray();
    return new ByteImages(channels, height, width, selected, values);
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
    return mapped(
        size,
        size,
        (from, start, to, target) -> {
          Arrays.fill(to, target, target + size * size, (byte) border);
          for (int row = 0; row < height; row++) {
            int place = target + (top + row) * size + left;
            System.arraycopy(from, start + row * width, to, place, width);
          }
        });
  }

  /**
   * Returns smaller images. Each pixel is the rounded mean of a square of pixels of these images.
   *
   * @param factor the side of the square in pixels; divides height and width
   */
  public ByteImages shrink(int factor) {
    if (factor == 1) {
      return this;
    }
    int rows = height / factor;
    int columns = width / factor;
    int area = factor * factor;
    return mapped(
        rows,
        columns,
        (from, start, to, target) -> {
          int at = target;
          for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
              int corner = start + (row * width + column) * factor;
              to[at++] = (byte) ((sum(from, corner, factor) + area / 2) / area);
            }
          }
        });
  }

  /** The sum of a square of pixels. */
  private int sum(byte[] from, int corner, int side) {
    int sum = 0;
    for (int row = corner; row < corner + side * width; row += width) {
      for (int i = row; i < row + side; i++) {
        sum += from[i] & 0xFF;
      }
    }
    return sum;
  }

  /**
   * Returns larger images. Each pixel of these images becomes a square of equal pixels.
   *
   * @param factor the side of the square in pixels, at least 1
   */
  public ByteImages enlarge(int factor) {
    if (factor == 1) {
      return this;
    }
    int columns = width * factor;
    return mapped(
        height * factor,
        columns,
        (from, start, to, target) -> {
          for (int row = 0; row < height; row++) {
            int first = target + row * factor * columns;
            for (int column = 0; column < width; column++) {
              int at = first + column * factor;
              Arrays.fill(to, at, at + factor, from[start + row * width + column]);
            }
            for (int copy = 1; copy < factor; copy++) {
              System.arraycopy(to, first, to, first + copy * columns, columns);
            }
          }
        });
  }

  /** Computes one channel of an image from the same channel of another one. */
  @FunctionalInterface
  private interface PlaneMap {
    void apply(byte[] from, int start, byte[] to, int target);
  }

  /** Images of another size, each computed from one of these images. */
  private ByteImages mapped(int rows, int columns, PlaneMap map) {
    return deferred(count(), channels, rows, columns, () -> mapAll(rows * columns, map));
  }

  private byte[] mapAll(int planeLength, PlaneMap map) {
    byte[] from = values.get();
    byte[] to = new byte[count() * channels * planeLength];
    int target = 0;
    for (int image = 0; image < count(); image++) {
      for (int channel = 0; channel < channels; channel++) {
        map.apply(from, start(image) + channel * height * width, to, target);
        target += planeLength;
      }
    }
    return to;
  }
}
