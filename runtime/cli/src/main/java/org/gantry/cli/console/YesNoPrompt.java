package org.gantry.cli.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the user at the terminal a question, to be answered with yes or no.
 *
 * @param text the question, one line without the possible answers
 */
public record YesNoPrompt(String text) {

  private static final long GLANCE_MILLIS = 50;

  private static final Set<String> CONSENT = Set.of("y", "yes");

  /**
   * Asks once. Everything except a clear yes is a no: an empty line, the end of the input, an
   * interruption.
   */
  public boolean ask(Console console, BufferedReader keyboard) {
    console.err().print(text + " [y/N] ");
    console.err().flush();
    // Reading a line cannot be interrupted, so another thread reads, and nothing waits for it.
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> line(keyboard));
    while (!console.interrupted().getAsBoolean()) {
      try {
        String line = answer.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        return CONSENT.contains(line.strip().toLowerCase(Locale.ROOT));
      } catch (TimeoutException e) {
        // There is no answer yet; look for an interruption.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      } catch (ExecutionException e) {
        break;
      }
    }
    console.err().println();
    return false;
  }

  private static String line(BufferedReader keyboard) {
    try {
      String line = keyboard.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
