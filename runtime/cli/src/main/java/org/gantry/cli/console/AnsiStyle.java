package org.gantry.cli.console;

import org.gantry.host.support.TerminalText;

/** Styles of text on a terminal, as ANSI escape sequences that {@link TerminalText} knows. */
public enum AnsiStyle {
  /** An error. */
  ERROR("1;31"),
  /** A warning. */
  WARNING("1;33"),
  /** The fix for a problem. */
  FIX("1;32"),
  /** The header of a table. */
  HEAD("1");

  private final String code;

  AnsiStyle(String code) {
    this.code = code;
  }

  /** The text in this style; the plain text without colour. */
  public String apply(String text, boolean colour) {
    return colour
        ? TerminalText.control("\u001b[" + code + "m") + text + TerminalText.control("\u001b[0m")
        : text;
  }
}
