package org.gantry.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.PackedHeader.SampleName;

/**
 * A packed data set: one file with pictures of one size, decoded, with the classes and names of the
 * samples. The pictures stay on disk and are mapped into memory, so a large set opens at once.
 *
 * <p>The file starts with lines of text, then has the unsigned bytes of the images in the order
 * (image, channel, row, column), then one line with class and name for each image. The last two
 * lines have the CRC-32C and the SHA-256 of everything before them. {@link #read} compares the
 * CRC-32C, so a file that was damaged is refused. The SHA-256 identifies the content.
 */
public final class PackedImages implements IndexedDataset, FileDataset {

  /** The ending of the names of packed data sets. */
  public static final String ENDING = ".gantry-data";

  /** The images of one mapped part of the file; at most this number of bytes. */
  private static final long PART_BYTES = 1 << 30;

  private static final String HASH_KEY = "sha256 ";
  private static final int TRAILER_BYTES =
      HashedOutput.checksumLine(new CRC32C()).length() + HASH_KEY.length() + 64 + 1;

  private final Path file;
  private final PackedHeader header;
  private final List<SampleName> samples;
  private final List<ByteBuffer> parts;
  private final String sha256;
  private final List<DatasetField> fields;

  private PackedImages(
      Path file,
      PackedHeader header,
      List<SampleName> samples,
      List<ByteBuffer> parts,
      String sha256) {
    this.file = file;
    this.header = header;
    this.samples = samples;
    this.parts = parts;
    this.sha256 = sha256;
    DatasetField image = DatasetField.image(header.channels(), header.height(), header.width());
    fields =
        header.classes().isEmpty()
            ? List.of(image)
            : List.of(image, DatasetField.label(header.classes()));
  }

  /**
   * Writes the images and labels of a data set as a packed one.
   *
   * @param out receives the file; stays open
   * @param data has an image field whose values are bytes scaled to [-1, 1], and may have a label
   * @param names the name of each sample
   * @param origin what the images were made from, one line for people
   * @throws UnusableComponentException if the data set has no such images
   * @throws IOException if writing fails
   */
  public static void write(OutputStream out, IndexedDataset data, List<String> names, String origin)
      throws IOException {
    DatasetField image = PackedHeader.imageField(data);
    List<SampleName> samples = PackedHeader.samplesOf(data, names);
    byte[] table = PackedHeader.tableOf(samples);
    HashedOutput hashed = new HashedOutput(out);
    hashed.write(PackedHeader.of(data, image, table.length, origin).text());
    FloatBuffer values = FloatBuffer.allocate(image.length());
    byte[] bytes = new byte[image.length()];
    for (int i = 0; i < data.size(); i++) {
      data.read(i, image, values.clear());
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = PackedHeader.toByte(values.get(k), names.get(i));
      }
      hashed.write(bytes);
    }
    hashed.write(table);
    String trailer = hashed.checksum() + HASH_KEY + hashed.hash() + "\n";
    out.write(trailer.getBytes(StandardCharsets.US_ASCII));
  }

  /** Returns whether a file starts like a packed data set. */
  public static boolean isPacked(Path file) {
    byte[] start = PackedHeader.MAGIC.getBytes(StandardCharsets.US_ASCII);
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(start, in.readNBytes(start.length));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Opens a packed data set.
   *
   * @throws UnusableComponentException if the file cannot be read, is truncated or was changed
   */
  public static PackedImages read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      PackedHeader header = PackedHeader.read(file);
      long tableStart = header.length() + header.imageBytes();
      long end = tableStart + header.tableBytes();
      if (channel.size() != end + TRAILER_BYTES) {
        throw new UnusableComponentException(
            "%s is damaged: expected %,d bytes, found %,d; copy or pack it again"
                .formatted(file, end + TRAILER_BYTES, channel.size()));
      }
      String sha256 = requireIntact(file, channel, end);
      ByteBuffer table = channel.map(FileChannel.MapMode.READ_ONLY, tableStart, end - tableStart);
      return new PackedImages(
          file, header, header.samples(file, table), parts(channel, header), sha256);
    } catch (IOException e) {
      throw new UnusableComponentException(file + " cannot be read: " + e.getMessage());
    }
  }

  /** Compares the checksum of the content, and returns the recorded hash. */
  private static String requireIntact(Path file, FileChannel channel, long end) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    for (long position = 0; position < end; position += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
      readFully(channel, buffer, position);
      checksum.update(buffer.flip());
    }
    ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES);
    readFully(channel, trailer, end);
    String written = new String(trailer.array(), StandardCharsets.US_ASCII);
    if (!written.startsWith(HashedOutput.checksumLine(checksum) + HASH_KEY)) {
      throw new UnusableComponentException(
          file + " is damaged: its content does not have the recorded checksum; pack it again");
    }
    return written.substring(TRAILER_BYTES - 65, TRAILER_BYTES - 1);
  }

  private static void readFully(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    long start = position - buffer.position();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, start + buffer.position()) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
  }

  private static List<ByteBuffer> parts(FileChannel channel, PackedHeader header)
      throws IOException {
    List<ByteBuffer> parts = new ArrayList<>();
    int perPart = perPart(header);
    for (int first = 0; first < header.count(); first += perPart) {
      long images = Math.min(perPart, header.count() - first);
      parts.add(
          channel.map(
              FileChannel.MapMode.READ_ONLY,
              header.length() + first * (long) header.bytesPerImage(),
              images * header.bytesPerImage()));
    }
    return parts;
  }

  private static int perPart(PackedHeader header) {
    return (int) Math.max(1, Math.min(header.count(), PART_BYTES / header.bytesPerImage()));
  }

  @Override
  public List<DatasetField> fields() {
    return fields;
  }

  @Override
  public int size() {
    return header.count();
  }

  @Override
  public void read(int index, DatasetField field, FloatBuffer into) {
    if (field.name().equals(DatasetField.LABEL)) {
      into.put(samples.get(index).label());
      return;
    }
    for (byte value : bytes(index)) {
      into.put((value & 0xFF) / 127.5f - 1);
    }
  }

  /** Returns the values of one image as unsigned bytes in the order (channel, row, column). */
  public byte[] bytes(int index) {
    int perPart = perPart(header);
    byte[] bytes = new byte[header.bytesPerImage()];
    parts.get(index / perPart).get(index % perPart * bytes.length, bytes);
    return bytes;
  }

  /** Returns the SHA-256 of the content, in hexadecimal. */
  public String sha256() {
    return sha256;
  }

  /** Returns what the images were made from, one line for people. */
  public String origin() {
    return header.origin();
  }

  @Override
  public DataInventory inventory() {
    List<DataInventory.FoundPicture> pictures =
        samples.stream()
            .map(
                sample ->
                    new DataInventory.FoundPicture(
                        sample.name(),
                        "packed",
                        header.width(),
                        header.height(),
                        header.classes().isEmpty() ? -1 : sample.label()))
            .toList();
    return new DataInventory(file.toString(), sha256, pictures, header.classes(), List.of());
  }
}
