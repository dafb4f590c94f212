package org.gantry.cli.console;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gantry.host.CommandInvocation;

/**
 * What the streams of a command lead to.
 *
 * @param live whether the standard error is a terminal, on which a line can be rewritten
 * @param errorColour whether the standard error may be coloured
 * @param outColour whether the standard output may be coloured
 * @param width the columns of the terminal, or 100 where there is none
 * @param keyboard what a person types who sees the standard error; empty where there is nobody
 */
public record TerminalInfo(
    boolean live,
    boolean errorColour,
    boolean outColour,
    int width,
    Optional<BufferedReader> keyboard) {

  /** The columns to write for where nobody says how many there are. */
  static final int USUAL_WIDTH = 100;

  /** A file, a pipe, or another program. */
  public static final TerminalInfo NONE =
      new TerminalInfo(false, false, false, USUAL_WIDTH, Optional.empty());

  /** Finds out for the streams of a command; a caller's own streams are no terminals. */
  public static TerminalInfo detect(CommandInvocation invocation) {
    boolean live = isTerminal(invocation.err(), System.err, 2);
    boolean out = isTerminal(invocation.out(), System.out, 1);
    boolean colour = allowsColour(System.getenv());
    return new TerminalInfo(
        live,
        live && colour,
        out && colour,
        live || out ? columns() : USUAL_WIDTH,
        live && isTerminal(0) ? Optional.of(typing()) : Optional.empty());
  }

  private static BufferedReader typing() {
    return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
  }

  /** Whether the environment lets programs colour what they print. */
  public static boolean allowsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  private static boolean isTerminal(PrintStream stream, PrintStream standard, int descriptor) {
    return stream == standard && isTerminal(descriptor);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      // Java tells only of both standard streams together whether they are a terminal.
      String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return file.startsWith("/dev/pts/")
          || file.startsWith("/dev/tty")
          || file.startsWith("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      // Where there is no such file, lines that do not move are right everywhere.
      return false;
    }
  }

  private static int columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
      String[] numbers = size.strip().split(" ", -1);
      int columns = ended && numbers.length == 2 ? Integer.parseInt(numbers[1]) : 0;
      return columns > 0 ? columns : USUAL_WIDTH;
    } catch (IOException | NumberFormatException e) {
      return USUAL_WIDTH;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL_WIDTH;
    }
  }
}
