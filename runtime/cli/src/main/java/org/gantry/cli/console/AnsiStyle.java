package org.gantry.cli.console;

/** The few colours of the command line, as sequences that terminals understand. */
public enum AnsiStyle {
  /** What went wrong. */
  ERROR("1;31"),
  /** What may go wrong. */
  WARNING("1;33"),
  /** What helps. */
  FIX("1;32"),
  /** The head of a table. */
  HEAD("1");

  private final String code;

  AnsiStyle(String code) {
    this.code = code;
  }

  /** The text, coloured if wanted. */
  public String apply(String text, boolean colour) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
