package org.gantry.runs.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Writing so that a reader, or a machine that loses power, sees all of a file or none of it. */
public final class Durable {

  private static final String PARTIAL = ".partial";

  private Durable() {}

  /** Puts a file in place in one move; whatever was there is replaced. */
  public static void write(Path file, byte[] content) throws IOException {
    Path aside = aside(file);
    try {
      try (FileChannel channel =
          FileChannel.open(
              aside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
          channel.write(left);
        }
        channel.force(true);
      }
      move(aside, file);
    } catch (IOException e) {
      Files.deleteIfExists(aside);
      throw e;
    }
  }

  /**
   * Where a file or a folder is written before it is put in place; hidden, and known by its end.
   */
  static Path aside(Path place) {
    return place.resolveSibling("." + place.getFileName() + PARTIAL);
  }

  /** Removes what a process that was killed has left aside in a folder. */
  public static void removePartials(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ".*" + PARTIAL)) {
      for (Path partial : left) {
        remove(partial);
      }
    }
  }

  /**
   * Adds to the end of a file: all of it, or nothing if that fails.
   *
   * @param channel positioned at the end
   */
  static void append(FileChannel channel, ByteBuffer content) throws IOException {
    long end = channel.position();
    try {
      while (content.hasRemaining()) {
        channel.write(content);
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

  /** Renames a file or a folder and makes the renaming last. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(to.toAbsolutePath().getParent());
  }

  /** Makes everything below a folder last, itself included. */
  static void syncTree(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            sync(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            sync(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void sync(Path path) throws IOException {
    // A folder can be opened like this on every system that has something to sync in it; Windows,
    // which has not, refuses.
    if (Files.isDirectory(path)
        && !path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes a file, or a folder with all that is in it; links are removed, not followed. */
  public static void remove(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
