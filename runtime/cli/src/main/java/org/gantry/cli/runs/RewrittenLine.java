package org.gantry.cli.runs;

import org.gantry.cli.console.Console;
import org.gantry.host.support.TerminalText;

/** The line of a terminal in which a command shows its progress. */
final class RewrittenLine {

  /**
   * Returns to the first column and disables line wrapping, in case the terminal has become
   * narrower.
   */
  private static final String BEGIN = TerminalText.control("\r\u001b[?7l");

  /** Clears the rest of the line and enables line wrapping. */
  private static final String END = TerminalText.control("\u001b[K\u001b[?7h");

  private final Console console;
  private boolean open;

  RewrittenLine(Console console) {
    this.console = console;
  }

  /** Shows a text in place of the last one. */
  void show(String text) {
    console.err().print(BEGIN + text + END);
    console.err().flush();
    open = true;
  }

  /** Removes the text, so that another line can stand in its place. */
  void clear() {
    if (open) {
      console.err().print(BEGIN + END);
      open = false;
    }
  }

  /** Lets the text stay, and begins a new line. */
  void end() {
    if (open) {
      console.err().println();
      open = false;
    }
  }
}
