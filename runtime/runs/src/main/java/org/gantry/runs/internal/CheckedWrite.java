package org.gantry.runs.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.gantry.host.support.ErrorText;
import org.gantry.runs.RunException;

/** Something that a training writes, whose failure is told in words. */
interface CheckedWrite<T> {

  /** Writes. */
  T to(Path path) throws IOException;

  /**
   * Writes, and says what could not be written and where.
   *
   * @param what such as {@code a checkpoint}
   */
  static <T> T run(String what, Path path, CheckedWrite<T> writing) {
    try {
      return writing.to(path);
    } catch (IOException e) {
      throw unwritten(what, path, e);
    } catch (UncheckedIOException e) {
      throw unwritten(what, path, e.getCause());
    }
  }

  private static RunException unwritten(String what, Path path, IOException failure) {
    return new RunException(
        "cannot write " + what + " to " + path + ": " + ErrorText.of(failure), failure);
  }
}
