package org.gantry.provisioning.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gantry.host.support.AtomicFiles;

/** Writes files atomically; an error on a full disk says how much space is missing. */
public final class StateFiles {

  private StateFiles() {}

  /** Writes a file and replaces an existing one. */
  public static void write(Path file, byte[] content) throws IOException {
    try {
      AtomicFiles.write(file, content);
    } catch (IOException e) {
      throw DiskSpace.explain(e, file.getFileName().toString(), folder(file), content.length);
    }
  }

  /** Copies a file and replaces an existing one. */
  static void copy(Path from, Path to) throws IOException {
    try {
      AtomicFiles.copy(from, to);
    } catch (IOException e) {
      throw DiskSpace.explain(e, from.getFileName().toString(), folder(to), Files.size(from));
    }
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }
}
