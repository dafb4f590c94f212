package org.gantry.runs.internal.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.gantry.charts.PngText;
import org.gantry.host.support.AtomicFiles;
import org.gantry.recipes.text.JsonFiles;

/**
 * An event file of scalars and pictures for TensorBoard. It is a sequence of TFRecords. Each
 * contains an {@code Event} message of TensorFlow's {@code event.proto} with a {@code Summary} of
 * {@code simple_value}s, or of an {@code image}.
 *
 * <p>A record consists of its length (8 bytes), the masked CRC-32C of the length, the message, and
 * the masked CRC-32C of the message. All numbers are little-endian.
 */
final class EventFile implements AutoCloseable {

  // Fields and wire types of event.proto and summary.proto; a key is field << 3 | type.
  private static final int EVENT_WALL_TIME = 1 << 3 | 1;
  private static final int EVENT_STEP = 2 << 3;
  private static final int EVENT_FILE_VERSION = 3 << 3 | 2;
  private static final int EVENT_SUMMARY = 5 << 3 | 2;
  private static final int SUMMARY_VALUE = 1 << 3 | 2;
  private static final int VALUE_TAG = 1 << 3 | 2;
  private static final int VALUE_SIMPLE_VALUE = 2 << 3 | 5;
  private static final int VALUE_IMAGE = 4 << 3 | 2;
  private static final int VALUE_METADATA = 9 << 3 | 2;
  private static final int METADATA_DESCRIPTION = 3 << 3 | 2;
  private static final int IMAGE_HEIGHT = 1 << 3;
  private static final int IMAGE_WIDTH = 2 << 3;
  private static final int IMAGE_COLOURS = 3 << 3;
  private static final int IMAGE_FILE = 4 << 3 | 2;

  private static final int RGB = 3;

  /** The positions of the width and the height in a PNG, and the length of its header. */
  private static final int PNG_WIDTH = 16;

  private static final int PNG_HEIGHT = 20;
  private static final int PNG_HEADER = 24;

  private static final String VERSION = "brain.Event:2";
  private static final int MASK = 0xa282ead8;

  private final Path file;
  private final FileChannel channel;

  private EventFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Creates a file.
   *
   * @param file replaced if it exists
   * @param start the time of the first event, in seconds since 1970
   */
  static EventFile create(Path file, double start) throws IOException {
    EventFile events =
        new EventFile(
            file,
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE));
    try {
      ProtobufMessage event = new ProtobufMessage();
      event.fixed64(EVENT_WALL_TIME, start);
      event.bytes(EVENT_FILE_VERSION, VERSION.getBytes(StandardCharsets.UTF_8));
      events.append(event.content());
      return events;
    } catch (IOException e) {
      events.close();
      throw e;
    }
  }

  /**
   * Adds the values of a step.
   *
   * @param time in seconds since 1970
   * @param values an object of numbers, as {@link JsonFiles#numbers} writes it
   */
  void add(long step, double time, JsonNode values) throws IOException {
    ProtobufMessage summary = new ProtobufMessage();
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      ProtobufMessage value = new ProtobufMessage();
      value.bytes(VALUE_TAG, entry.getKey().getBytes(StandardCharsets.UTF_8));
      value.fixed32(VALUE_SIMPLE_VALUE, (float) JsonFiles.number(entry.getValue()));
      summary.bytes(SUMMARY_VALUE, value.content());
    }
    append(step, time, summary);
  }

  /**
   * Adds a picture of a step, unless the file is cut short. A damaged picture must not end a
   * training.
   *
   * @param time in seconds since 1970
   * @param png a PNG file; its description becomes that of the picture
   * @throws IOException if the event cannot be written
   */
  void addPicture(long step, double time, String tag, byte[] png) throws IOException {
    if (png.length < PNG_HEADER) {
      return;
    }
    ByteBuffer header = ByteBuffer.wrap(png);
    ProtobufMessage image = new ProtobufMessage();
    image.varint(IMAGE_HEIGHT, header.getInt(PNG_HEIGHT));
    image.varint(IMAGE_WIDTH, header.getInt(PNG_WIDTH));
    image.varint(IMAGE_COLOURS, RGB);
    image.bytes(IMAGE_FILE, png);
    ProtobufMessage value = new ProtobufMessage();
    value.bytes(VALUE_TAG, tag.getBytes(StandardCharsets.UTF_8));
    value.bytes(VALUE_IMAGE, image.content());
    Optional<String> description = PngText.read(png);
    if (description.isPresent()) {
      ProtobufMessage metadata = new ProtobufMessage();
      metadata.bytes(METADATA_DESCRIPTION, description.get().getBytes(StandardCharsets.UTF_8));
      value.bytes(VALUE_METADATA, metadata.content());
    }
    ProtobufMessage summary = new ProtobufMessage();
    summary.bytes(SUMMARY_VALUE, value.content());
    append(step, time, summary);
  }

  private void append(long step, double time, ProtobufMessage summary) throws IOException {
    ProtobufMessage event = new ProtobufMessage();
    event.fixed64(EVENT_WALL_TIME, time);
    event.varint(EVENT_STEP, step);
    event.bytes(EVENT_SUMMARY, summary.content());
    append(event.content());
  }

  private void append(byte[] message) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(message.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(message.length);
    record.putInt(masked(record.array(), 0, 8));
    record.put(message);
    record.putInt(masked(record.array(), 12, message.length));
    try {
      AtomicFiles.append(channel, record.flip());
    } catch (IOException e) {
      throw new IOException("%s (%s)".formatted(e.getMessage(), file), e);
    }
  }

  private static int masked(byte[] content, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(content, from, length);
    return Integer.rotateRight((int) sum.getValue(), 15) + MASK;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
