package org.gantry.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.TextFiles;

/**
 * The exit code that Gantry meant, in a file for the process that watches this one. Without it, a
 * plugin ended the process by {@link Runtime#halt}, of which the virtual machine says nothing.
 *
 * @param file the file
 */
record AnnouncedEnd(Path file) {

  /** The file of this process; empty if no process watches it. */
  static Optional<AnnouncedEnd> ofThisProcess() {
    return Optional.ofNullable(System.getenv(CommandInvocation.END_FILE))
        .map(file -> new AnnouncedEnd(Path.of(file)));
  }

  /** Announces the exit code; does nothing if the file cannot be written. */
  void announce(int exitCode) {
    try {
      Files.writeString(file, Integer.toString(exitCode), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // The watching process then reports a failure, which is better than a success.
      return;
    }
  }

  /** Whether an exit code was announced. */
  boolean isAnnounced(int exitCode) {
    try {
      return TextFiles.read(file).equals(Integer.toString(exitCode));
    } catch (IOException e) {
      return false;
    }
  }
}
