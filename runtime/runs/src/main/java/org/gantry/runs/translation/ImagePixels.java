package org.gantry.runs.translation;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gantry.data.DatasetField;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.gantry.runs.RunException;
import org.gantry.runs.internal.samples.SamplePictures;

/** The values of one image. */
public final class ImagePixels {

  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;

  /**
   * Creates an image.
   *
   * @param height in pixels
   * @param width in pixels
   * @param values in the order (channel, row, column); not copied
   */
  public ImagePixels(int channels, int height, int width, float[] values) {
    if (values.length != channels * height * width) {
      throw new IllegalArgumentException(
          "expected %d x %d x %d values, not %d".formatted(channels, height, width, values.length));
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /**
   * Creates the image of a field.
   *
   * @param field has the shape (channels, height, width)
   * @param values in the order (channel, row, column); not copied
   */
  public static ImagePixels of(DatasetField field, float[] values) {
    Shape shape = field.shape();
    return new ImagePixels(
        Math.toIntExact(shape.get(0)),
        Math.toIntExact(shape.get(1)),
        Math.toIntExact(shape.get(2)),
        values);
  }

  /** Returns the number of channels. */
  public int channels() {
    return channels;
  }

  /** Returns the height in pixels. */
  public int height() {
    return height;
  }

  /** Returns the width in pixels. */
  public int width() {
    return width;
  }

  /** Returns the values in the order (channel, row, column); not copied. */
  public float[] values() {
    return values;
  }

  /**
   * Returns a part of the image. Beyond the edges the image continues as its mirror image, without
   * repeating the edge.
   *
   * @param top the first row, possibly negative
   * @param left the first column, possibly negative
   */
  ImagePixels part(int top, int left, int partHeight, int partWidth) {
    float[] part = new float[channels * partHeight * partWidth];
    int at = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < partHeight; y++) {
        int row = (channel * height + mirrored(top + y, height)) * width;
        for (int x = 0; x < partWidth; x++) {
          part[at++] = values[row + mirrored(left + x, width)];
        }
      }
    }
    return new ImagePixels(channels, partHeight, partWidth, part);
  }

  /**
   * Writes the image as a PNG in its own size. An existing file is replaced by the complete new
   * one.
   *
   * @param field the range of the values
   * @param description the description within the file
   * @param file its parents are created
   * @throws RunException if it cannot be written
   */
  public void write(DatasetField field, String description, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFiles.write(file, png(field, description));
    } catch (IOException e) {
      throw new RunException("cannot write the picture " + file + ": " + ErrorText.of(e), e);
    }
  }

  /**
   * Returns the image as a PNG in its own size.
   *
   * @param field the range of the values
   * @param description the description within the file
   */
  public byte[] png(DatasetField field, String description) {
    try {
      return SamplePictures.encodeOne(
          values, new Shape(channels, height, width), field, description);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture in memory can always be written", e);
    }
  }

  /**
   * Writes images next to each other as a PNG, or one after the other as an animation if the file
   * ends in {@code .gif}. An existing file is replaced by the complete new one.
   *
   * @param images at least one; all have the same size
   * @param field the range of the values
   * @param description the description within a PNG
   * @param file its parents are created
   * @throws RunException if it cannot be written
   */
  public static void writeRow(
      List<ImagePixels> images, DatasetField field, String description, Path file) {
    ImagePixels first = images.get(0);
    FloatBuffer all = FloatBuffer.allocate(images.size() * first.values.length);
    images.forEach(image -> all.put(image.values));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      SamplePictures.writeRow(
          all.rewind(),
          images.size(),
          new Shape(first.channels, first.height, first.width),
          field,
          description,
          file);
    } catch (IOException e) {
      throw new RunException("cannot write the picture " + file + ": " + ErrorText.of(e), e);
    }
  }

  /** The position within a side where the mirrored one lies. */
  private static int mirrored(int position, int side) {
    if (side == 1) {
      return 0;
    }
    int period = 2 * (side - 1);
    int within = Math.floorMod(position, period);
    return within < side ? within : period - within;
  }
}
