package org.gantry.provisioning.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that are there whole or not at all, whenever the process or the machine stops. */
final class Durable {

  /** What names of files begin with that are not complete yet. */
  static final String UNFINISHED = ".unfinished-";

  private Durable() {}

  /** Writes a file, in place of one that is there. */
  static void write(Path file, byte[] content) throws IOException {
    Path unfinished = beside(file);
    try (FileChannel out =
        FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    move(unfinished, file);
  }

  /** Copies a file to where none has to be. */
  static void copy(Path from, Path to) throws IOException {
    Path unfinished = beside(to);
    Files.copy(from, unfinished);
    try (FileChannel copy = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      copy.force(true);
    }
    move(unfinished, to);
  }

  private static Path beside(Path file) {
    return file.resolveSibling(UNFINISHED + UUID.randomUUID());
  }

  private static void move(Path unfinished, Path file) throws IOException {
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Where folders cannot be opened, the system keeps their entries safe itself.
      return;
    }
  }
}
