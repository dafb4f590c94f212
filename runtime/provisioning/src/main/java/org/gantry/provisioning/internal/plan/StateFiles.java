package org.gantry.provisioning.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.host.support.AtomicFiles;

/** Writes, lists and removes files; an error on a full disk says how much space is missing. */
public final class StateFiles {

  /** The size of a file that is not known before it is written. */
  public static final long UNKNOWN_SIZE = -1;

  private static final String DISK_FULL = "No space left on device";

  private StateFiles() {}

  /** Writes a file atomically and replaces an existing one. */
  public static void write(Path file, byte[] content) throws IOException {
    try {
      AtomicFiles.write(file, content);
    } catch (IOException e) {
      throw explain(e, file.getFileName().toString(), folder(file), content.length);
    }
  }

  /** Copies a file atomically and replaces an existing one. */
  public static void copy(Path from, Path to) throws IOException {
    try {
      AtomicFiles.copy(from, to);
    } catch (IOException e) {
      throw explain(e, from.getFileName().toString(), folder(to), Files.size(from));
    }
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }

  /**
   * Adds the missing space to an error that is due to a full disk; returns any other error
   * unchanged.
   *
   * @param name the file in messages
   * @param folder the folder of the file
   * @param size the size of the file in bytes, or {@link #UNKNOWN_SIZE}
   */
  public static IOException explain(IOException error, String name, Path folder, long size) {
    if (!String.valueOf(error.getMessage()).contains(DISK_FULL)) {
      return error;
    }
    String needed = size == UNKNOWN_SIZE ? "" : "%d bytes are needed".formatted(size);
    String free = freeSpace(folder);
    String sizes = needed.isEmpty() || free.isEmpty() ? needed + free : needed + ", " + free;
    return new IOException(
        "there is no space left in %s for %s%s"
            .formatted(folder, name, sizes.isEmpty() ? "" : ": " + sizes),
        error);
  }

  private static String freeSpace(Path folder) {
    try {
      return "%d are free".formatted(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return "";
    }
  }

  /** The files and folders in a folder, by name; none if the folder is missing. */
  public static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  /** The jars in a folder, by name; none if the folder is missing. */
  public static List<Path> listJars(Path folder) throws IOException {
    return list(folder).stream().filter(file -> file.toString().endsWith(".jar")).toList();
  }

  /**
   * Work that needs a temporary folder.
   *
   * @param <T> what it returns
   */
  public interface FolderWork<T> {

    /** Does the work. */
    T run(Path folder) throws IOException;
  }

  /** Creates a temporary folder, does some work in it, and removes the folder. */
  public static <T> T withTemporaryFolder(FolderWork<T> work) throws IOException {
    Path folder = Files.createTempDirectory("gantry-");
    try {
      return work.run(folder);
    } finally {
      AtomicFiles.delete(folder);
    }
  }
}
