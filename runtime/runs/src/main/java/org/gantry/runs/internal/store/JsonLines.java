package org.gantry.runs.internal.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.gantry.host.support.AtomicFiles;
import org.gantry.recipes.text.JsonFiles;

/** A growing file of JSON lines. It never ends in a partial line, even when the disk is full. */
public final class JsonLines implements AutoCloseable {

  private final FileChannel channel;

  private JsonLines(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens a file at its end; creates it if it does not exist. Removes a partial line at the end,
   * which a killed process may leave.
   */
  public static JsonLines append(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      long end = endOfLastLine(channel);
      if (end < channel.size()) {
        channel.truncate(end);
      }
      channel.position(end);
      return new JsonLines(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Appends one line to a file, which is created if it does not exist. */
  public static void append(Path file, JsonNode line) throws IOException {
    try (JsonLines lines = append(file)) {
      lines.add(line);
    }
  }

  private static long endOfLastLine(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    for (long end = channel.size(); end > 0; end--) {
      if (channel.read(last.clear(), end - 1) == 1 && last.get(0) == '\n') {
        return end;
      }
    }
    return 0;
  }

  /** Adds a line. */
  public void add(JsonNode node) throws IOException {
    AtomicFiles.append(
        channel, ByteBuffer.wrap((JsonFiles.line(node) + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** Syncs the lines to the disk. */
  public void sync() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
