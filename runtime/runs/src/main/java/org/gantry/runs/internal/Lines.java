package org.gantry.runs.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of JSON lines that grows. It never ends in half a line, even when the disk is full. */
public final class Lines implements AutoCloseable {

  private final FileChannel channel;

  private Lines(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens the file at its end; it is created if it does not exist. */
  public static Lines append(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.position(channel.size());
    return new Lines(channel);
  }

  /** Adds a line. */
  public void add(JsonNode node) throws IOException {
    long end = channel.position();
    ByteBuffer left = ByteBuffer.wrap((Json.line(node) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (left.hasRemaining()) {
        channel.write(left);
      }
    } catch (IOException e) {
      try {
        channel.truncate(end);
      } catch (IOException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
