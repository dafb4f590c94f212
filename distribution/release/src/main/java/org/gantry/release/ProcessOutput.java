package org.gantry.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The output of a program of this machine. */
final class ProcessOutput {

  private ProcessOutput() {}

  /**
   * Runs a program and returns its standard output.
   *
   * @throws IOException if it cannot run or fails; its own words are on the standard error
   */
  static String of(List<String> words) throws IOException {
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(
            "'%s' failed with exit code %d".formatted(words.get(0), process.exitValue()));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while '" + words.get(0) + "' ran", e);
    }
    return out;
  }
}
