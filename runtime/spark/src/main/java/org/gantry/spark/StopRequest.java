package org.gantry.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The user's request to end the training, as a file in the folder of the run. The command writes
 * it, and worker 0 looks for it after each step.
 *
 * @param run the folder
 */
record StopRequest(Path run) {

  /** The file, which is empty. */
  static final String FILE = ".stop";

  boolean isMade() {
    return Files.exists(run.resolve(FILE));
  }

  void make() {
    try {
      if (!isMade()) {
        Files.createFile(run.resolve(FILE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask the workers to stop", e);
    }
  }

  void withdraw() {
    try {
      Files.deleteIfExists(run.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + run.resolve(FILE), e);
    }
  }
}
