package org.gantry.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.gantry.component.UnusableComponentException;

/**
 * A file in the IDX format of MNIST. The format has two zero bytes, the type of the values, the
 * number of dimensions, the sizes as big-endian integers, and the values in row-major order. The
 * file may be gzipped.
 */
public final class IdxFile {

  private static final int GZIP = 0x1f8b;
  private static final int UNSIGNED_BYTE = 0x08;

  private final String name;
  private final int[] sizes;
  private final DeferredBytes values;

  private IdxFile(String name, int[] sizes, DeferredBytes values) {
    this.name = name;
    this.sizes = sizes;
    this.values = values;
  }

  /**
   * Reads a file of unsigned bytes.
   *
   * @throws UnusableComponentException if the file does not exist, is truncated, or is not an IDX
   *     file of unsigned bytes
   */
  public static IdxFile read(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new UnusableComponentException(
          path
              + (Files.exists(path) ? " is not a file" : " does not exist")
              + "; name an IDX file");
    }
    try (InputStream stream = Files.newInputStream(path)) {
      return read(stream, path.toString());
    } catch (IOException e) {
      throw new UnusableComponentException(path + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * Reads the header of a file in a bundle. Its values are read when they are first needed.
   *
   * @throws UnusableComponentException if it is not an IDX file of unsigned bytes
   * @throws java.io.UncheckedIOException if the bundle does not contain the file, or reading fails
   */
  public static IdxFile read(BundledFile file) {
    String name = file.name();
    int[] sizes = file.read(stream -> sizes(unzipped(stream), name));
    return new IdxFile(
        name,
        sizes,
        DeferredBytes.of(length(name, sizes), () -> file.read(stream -> read(stream, name)).all()));
  }

  /**
   * Reads a stream of unsigned bytes to its end. The caller closes it.
   *
   * @param name the name of the stream in error messages
   * @throws UnusableComponentException if the stream is truncated or is not an IDX file of unsigned
   *     bytes
   * @throws IOException if reading fails
   */
  public static IdxFile read(InputStream stream, String name) throws IOException {
    try {
      return parse(unzipped(stream), name);
    } catch (EOFException e) {
      throw new UnusableComponentException(
          name + " is truncated: its gzip stream ends too early; copy the file again");
    } catch (ZipException e) {
      throw new UnusableComponentException(name + " is corrupt: " + e.getMessage());
    }
  }

  private static InputStream unzipped(InputStream stream) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(stream);
    buffered.mark(2);
    byte[] start = buffered.readNBytes(2);
    buffered.reset();
    boolean zipped = start.length == 2 && (ByteBuffer.wrap(start).getShort() & 0xFFFF) == GZIP;
    return zipped ? new GZIPInputStream(buffered) : buffered;
  }

  /** Reads the header of a stream, which ends with the sizes. */
  private static int[] sizes(InputStream stream, String name) throws IOException {
    byte[] magic = stream.readNBytes(4);
    if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
      throw new UnusableComponentException(
          name
              + " is not an IDX file: it starts with the bytes "
              + hex(magic)
              + "; files of images start with 00 00 08 03 and files of labels with 00 00 08 01");
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw new UnusableComponentException(
          "%s holds values of IDX type 0x%02x; only unsigned bytes, type 0x08, are supported"
              .formatted(name, magic[2]));
    }
    int dimensions = magic[3] & 0xFF;
    byte[] header = stream.readNBytes(4 * dimensions);
    if (header.length < 4 * dimensions) {
      throw new UnusableComponentException(
          name + " is truncated: it ends within its header; copy the file again");
    }
    int[] sizes = new int[dimensions];
    ByteBuffer.wrap(header).asIntBuffer().get(sizes);
    return sizes;
  }

  private static IdxFile parse(InputStream stream, String name) throws IOException {
    int[] sizes = sizes(stream, name);
    int length = length(name, sizes);
    byte[] values = stream.readNBytes(length);
    if (values.length < length) {
      throw new UnusableComponentException(
          name
              + " is truncated: its header announces "
              + product(sizes)
              + " = "
              + length
              + " values, but only "
              + values.length
              + " follow");
    }
    if (stream.read() >= 0) {
      throw new UnusableComponentException(
          name + " is corrupt: it continues after the " + product(sizes) + " values of its header");
    }
    return new IdxFile(name, sizes, DeferredBytes.of(values));
  }

  private static int length(String name, int[] sizes) {
    long length = 1;
    for (int size : sizes) {
      if (size < 1 || (length *= size) > Integer.MAX_VALUE - 8) {
        throw new UnusableComponentException(
            name + " announces " + product(sizes) + " values; from 1 to 2^31 - 9 are supported");
      }
    }
    return Math.toIntExact(length);
  }

  /**
   * Returns the values as grey images.
   *
   * @throws UnusableComponentException unless the file has the three dimensions (count, height,
   *     width)
   */
  public ByteImages images() {
    if (sizes.length != 3) {
      throw new UnusableComponentException(
          name
              + " has "
              + dimensions()
              + "; a file of images has three, count x height x width"
              + (sizes.length == 1 ? ". Is it the file of labels?" : ""));
    }
    return new ByteImages(sizes[0], 1, sizes[1], sizes[2], values);
  }

  /**
   * Returns the values as labels: one number from 0 to 255 per sample.
   *
   * @throws UnusableComponentException unless the file has one dimension
   */
  public int[] labels() {
    if (sizes.length != 1) {
      throw new UnusableComponentException(
          name
              + " has "
              + dimensions()
              + "; a file of labels has one"
              + (sizes.length == 3 ? ". Is it the file of images?" : ""));
    }
    byte[] all = all();
    int[] labels = new int[all.length];
    Arrays.setAll(labels, i -> all[i] & 0xFF);
    return labels;
  }

  private byte[] all() {
    return values.get();
  }

  private String dimensions() {
    return sizes.length == 1
        ? "one dimension, " + sizes[0]
        : sizes.length + " dimensions, " + product(sizes);
  }

  private static String product(int[] sizes) {
    return Arrays.stream(sizes)
        .mapToObj(Integer::toUnsignedString)
        .collect(Collectors.joining(" x "));
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(text.isEmpty() ? "" : " ").append("%02x".formatted(b));
    }
    return text.isEmpty() ? "(none: it is empty)" : text.toString();
  }
}
