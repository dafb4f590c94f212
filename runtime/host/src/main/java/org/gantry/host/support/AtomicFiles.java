package org.gantry.host.support;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/**
 * Writes files so that a reader sees all of a file or none of it, even after a crash of the process
 * or of the machine.
 */
public final class AtomicFiles {

  private static final String PARTIAL = ".partial";

  private AtomicFiles() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {

    /** Writes to a stream, which the caller closes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file and replaces an existing one.
   *
   * @throws IOException if it cannot be written; an existing file then stays as it was
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, out -> out.write(content));
  }

  /**
   * Writes a file and replaces an existing one.
   *
   * @throws IOException if it cannot be written; an existing file then stays as it was
   */
  public static void write(Path file, Content content) throws IOException {
    Path partial =
        file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + PARTIAL);
    boolean written = false;
    try {
      try (FileChannel channel =
          FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      move(partial, file);
      written = true;
    } catch (AccessDeniedException e) {
      AccessDeniedException denied =
          new AccessDeniedException(file.toString(), null, e.getReason());
      denied.initCause(e);
      throw denied;
    } finally {
      if (!written) {
        Files.deleteIfExists(partial);
      }
    }
  }

  /**
   * Copies a file and replaces an existing one.
   *
   * @throws IOException if it cannot be copied; an existing file then stays as it was
   */
  public static void copy(Path from, Path to) throws IOException {
    write(to, out -> Files.copy(from, out));
  }

  /**
   * The place where a file or a folder is prepared before {@link #move} puts it in place. Its name
   * is hidden, and {@link #removePartials} knows it.
   */
  public static Path partial(Path place) {
    return place.resolveSibling("." + place.getFileName() + PARTIAL);
  }

  /** Removes the incomplete files and folders that a killed process left in a folder. */
  public static void removePartials(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> partials = Files.newDirectoryStream(folder, ".*" + PARTIAL)) {
      for (Path partial : partials) {
        delete(partial);
      }
    }
  }

  /**
   * Appends to a file: all of the content, or nothing if that fails.
   *
   * @param channel positioned at the end of the file
   */
  public static void append(FileChannel channel, ByteBuffer content) throws IOException {
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

  /** Renames a file or a folder, replaces an existing file, and syncs the folder above. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(to.toAbsolutePath().getParent());
  }

  /** Syncs a file, or a folder with everything below it. */
  public static void syncTree(Path tree) throws IOException {
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
    // Windows refuses to open a folder, and keeps its entries safe itself.
    if (Files.isDirectory(path)
        && !path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Deletes a file, or a folder with everything below it; does not follow links. */
  public static void delete(Path tree) throws IOException {
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
