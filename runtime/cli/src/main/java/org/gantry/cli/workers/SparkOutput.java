package org.gantry.cli.workers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * What the process of Spark prints. Its last error becomes that of the command; other lines are
 * passed on.
 *
 * @param reading completes with the error, or with an empty text
 */
record SparkOutput(CompletableFuture<String> reading) {

  private static final String ERROR = "error: ";

  /** Begins to read. */
  static SparkOutput follow(InputStream output, PrintStream others) {
    return new SparkOutput(CompletableFuture.supplyAsync(() -> read(output, others)));
  }

  private static String read(InputStream output, PrintStream others) {
    String error = "";
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(ERROR)) {
          error = line.substring(ERROR.length());
        } else {
          others.println(line);
        }
      }
      return error;
    } catch (IOException e) {
      return error;
    }
  }

  /** The error, once the process has ended; empty without one. */
  String error() {
    return reading.join();
  }
}
