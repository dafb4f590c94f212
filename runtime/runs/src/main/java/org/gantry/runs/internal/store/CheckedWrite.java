package org.gantry.runs.internal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.gantry.host.support.ErrorText;
import org.gantry.runs.RunException;

/** A write whose failure becomes a {@link RunException} that names the file. */
public final class CheckedWrite {

  private CheckedWrite() {}

  /** A write that returns a value. */
  @FunctionalInterface
  public interface ValueWrite<T> {

    /** Writes. */
    T run() throws IOException;
  }

  /** A write without a value. */
  @FunctionalInterface
  public interface VoidWrite {

    /** Writes. */
    void run() throws IOException;
  }

  /**
   * Runs a write.
   *
   * @param what the noun for the message, such as {@code a checkpoint}
   * @throws RunException if the write fails, with what was written, the path and the reason
   */
  public static <T> T call(String what, Path path, ValueWrite<T> write) {
    try {
      return write.run();
    } catch (IOException e) {
      throw failure(what, path, e);
    } catch (UncheckedIOException e) {
      throw failure(what, path, e.getCause());
    }
  }

  /** Runs a write without a value, like {@link #call}. */
  public static void run(String what, Path path, VoidWrite write) {
    call(
        what,
        path,
        () -> {
          write.run();
          return path;
        });
  }

  private static RunException failure(String what, Path path, IOException cause) {
    return new RunException(
        "cannot write " + what + " to " + path + ": " + ErrorText.of(cause), cause);
  }
}
