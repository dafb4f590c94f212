package org.gantry.runs.internal.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;
import org.gantry.host.support.AtomicFiles;
import org.gantry.recipes.text.JsonFiles;

/**
 * An event file of scalars for TensorBoard. It is a sequence of TFRecords. Each contains an {@code
 * Event} message of TensorFlow's {@code event.proto} with a {@code Summary} of {@code
 * simple_value}s.
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

  /** The bytes of a protocol buffers message, field by field. */
  private static final class ProtobufMessage {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void varint(int key, long value) {
      number(key);
      number(value);
    }

    void fixed64(int key, double value) {
      number(key);
      little(Double.doubleToLongBits(value), 8);
    }

    void fixed32(int key, float value) {
      number(key);
      little(Float.floatToIntBits(value), 4);
    }

    void bytes(int key, byte[] content) {
      number(key);
      number(content.length);
      out.writeBytes(content);
    }

    byte[] content() {
      return out.toByteArray();
    }

    private void number(long value) {
      long left = value;
      while ((left & ~0x7FL) != 0) {
        out.write((int) ((left & 0x7F) | 0x80));
        left >>>= 7;
      }
      out.write((int) left);
    }

    private void little(long bits, int bytes) {
      for (int i = 0; i < bytes; i++) {
        out.write((int) (bits >>> (8 * i)));
      }
    }
  }
}
