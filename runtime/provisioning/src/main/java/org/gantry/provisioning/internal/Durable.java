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

  /** Something that writes the file that it is given. */
  private interface Writing {
    void into(Path unfinished) throws IOException;
  }

  /** Writes a file, in place of one that is there. */
  static void write(Path file, byte[] content) throws IOException {
    complete(
        file,
        file.getFileName().toString(),
        content.length,
        unfinished -> {
          try (FileChannel out =
              FileChannel.open(
                  unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
              out.write(buffer);
            }
            out.force(true);
          }
        });
  }

  /** Copies a file to where none has to be. */
  static void copy(Path from, Path to) throws IOException {
    complete(
        to,
        from.getFileName().toString(),
        Files.size(from),
        unfinished -> {
          Files.copy(from, unfinished);
          try (FileChannel copy = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            copy.force(true);
          }
        });
  }

  private static void complete(Path file, String what, long size, Writing writing)
      throws IOException {
    Path unfinished = file.resolveSibling(UNFINISHED + UUID.randomUUID());
    try {
      writing.into(unfinished);
    } catch (IOException e) {
      IOException told = DiskSpace.explain(e, what, file.toAbsolutePath().getParent(), size);
      // A full disk needs the room more than anybody.
      Files.deleteIfExists(unfinished);
      throw told;
    }
    move(unfinished, file);
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
