package org.gantry.runs.internal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.gantry.host.support.ErrorText;
import org.gantry.runs.RunException;

/** A write whose failure becomes a {@link RunException} that names the file. */
@FunctionalInterface
public interface CheckedWrite<T> {

  /** Writes. */
  T to(Path path) throws IOException;

  /**
   * Runs a write.
   *
   * @param what the noun for the message, such as {@code a checkpoint}
   * @throws RunException if the write fails, with what was written, the path and the reason
   */
  static <T> T run(String what, Path path, CheckedWrite<T> write) {
    try {
      return write.to(path);
    } catch (IOException e) {
      throw failure(what, path, e);
    } catch (UncheckedIOException e) {
      throw failure(what, path, e.getCause());
    }
  }

  private static RunException failure(String what, Path path, IOException cause) {
    return new RunException(
        "cannot write " + what + " to " + path + ": " + ErrorText.of(cause), cause);
  }
}
