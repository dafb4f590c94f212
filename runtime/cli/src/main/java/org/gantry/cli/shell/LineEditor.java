package org.gantry.cli.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gantry.cli.console.AnsiStyle;
import org.gantry.host.support.ContextClassLoaders;
import org.gantry.host.support.TerminalText;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Reads lines that the user types, with history and tab completion. */
final class LineEditor implements ShellSession.ShellInput {

  private static final String PROMPT = "gantry> ";

  private final Terminal terminal;
  private final LineReader reader;
  private final String prompt;
  private final AtomicBoolean wished;

  private LineEditor(Terminal terminal, LineReader reader, String prompt, AtomicBoolean wished) {
    this.terminal = terminal;
    this.reader = reader;
    this.prompt = prompt;
    this.wished = wished;
  }

  /**
   * Opens the terminal of the process.
   *
   * @param history the file of the history
   * @param colour whether to colour the prompt
   */
  static LineEditor open(Path history, boolean colour, TabCompletion suggestions)
      throws IOException {
    return on(ofSystem(), history, colour, suggestions);
  }

  /** Opens a terminal. */
  static LineEditor on(Terminal terminal, Path history, boolean colour, TabCompletion suggestions) {
    AtomicBoolean wished = new AtomicBoolean();
    terminal.handle(Terminal.Signal.INT, signal -> wished.set(true));
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("gantry")
            .parser(ShellSession.parser())
            .completer(
                (typing, line, candidates) ->
                    suggestions
                        .completionsAt(line.words(), line.wordIndex())
                        .forEach(word -> candidates.add(candidate(word))))
            .variable(LineReader.HISTORY_FILE, history)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    return new LineEditor(
        terminal, reader, TerminalText.render(AnsiStyle.HEAD.apply(PROMPT, colour)), wished);
  }

  private static Terminal ofSystem() throws IOException {
    // JLine finds its providers through the context class loader. The other providers need native
    // code; this one calls programs of the system.
    return ContextClassLoaders.of(
        TerminalBuilder.class,
        () -> TerminalBuilder.builder().name("gantry").system(true).provider("exec").build());
  }

  /** A candidate that the user continues, such as a folder, is not followed by a space. */
  private static Candidate candidate(String word) {
    boolean whole = !word.endsWith("=") && !word.endsWith("/");
    return new Candidate(word, TerminalText.render(word), null, null, null, null, whole);
  }

  @Override
  public Optional<String> nextLine() {
    try {
      String line = reader.readLine(prompt);
      wished.set(false);
      return Optional.of(line);
    } catch (UserInterruptException e) {
      // Ctrl-C discards the typed line only.
      return Optional.of("");
    } catch (EndOfFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void printAbove(String text) {
    reader.printAbove(TerminalText.render(text));
  }

  @Override
  public boolean interrupted() {
    return wished.get();
  }

  @Override
  public void close() {
    try {
      reader.getHistory().save();
      terminal.close();
    } catch (IOException e) {
      // An unsaved history is not a failure of the session.
      return;
    }
  }
}
