package org.gantry.cli.console;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gantry.host.CommandInvocation;
import org.gantry.host.support.TerminalStream;

/**
 * The terminal behind the streams of a command.
 *
 * @param live whether the standard error is a terminal, on which a line can be rewritten
 * @param errorColour whether the standard error may be coloured
 * @param outColour whether the standard output may be coloured
 * @param width the columns of the terminal, or 100 without one
 * @param keyboard the lines that a user types; empty unless the standard error and the standard
 *     input are terminals
 */
public record TerminalInfo(
    boolean live,
    boolean errorColour,
    boolean outColour,
    int width,
    Optional<BufferedReader> keyboard) {

  /** The width of lines where the terminal's width is unknown. */
  static final int USUAL_WIDTH = 100;

  /** No terminal: the streams are files, pipes or a caller's own. */
  public static final TerminalInfo NONE =
      new TerminalInfo(false, false, false, USUAL_WIDTH, Optional.empty());

  /**
   * Detects the terminal of an invocation. Only the standard streams of the process can be
   * terminals.
   */
  public static TerminalInfo detect(CommandInvocation invocation) {
    boolean live = TerminalStream.isTerminal(TerminalStream.descriptor(invocation.err()));
    boolean out = TerminalStream.isTerminal(TerminalStream.descriptor(invocation.out()));
    boolean colour = allowsColour(System.getenv());
    return new TerminalInfo(
        live,
        live && colour,
        out && colour,
        live || out ? columns() : USUAL_WIDTH,
        live && TerminalStream.isTerminal(0) ? Optional.of(typing()) : Optional.empty());
  }

  private static BufferedReader typing() {
    return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
  }

  /** Whether the environment allows colour: NO_COLOR and TERM=dumb forbid it. */
  public static boolean allowsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
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
