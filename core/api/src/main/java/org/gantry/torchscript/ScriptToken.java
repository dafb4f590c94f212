package org.gantry.torchscript;

/**
 * A token of a script.
 *
 * @param type what it is
 * @param text a name, number or symbol as written, or the content of a string
 * @param line counted from 1
 */
record ScriptToken(LexemeType type, String text, int line) {

  /** What a token is. */
  enum LexemeType {
    NAME,
    NUMBER,
    STRING,
    SYMBOL,
    NEWLINE,
    INDENT,
    DEDENT,
    END
  }

  /** Whether this is a symbol or a keyword with a text. */
  boolean is(String expected) {
    return (type == LexemeType.SYMBOL || type == LexemeType.NAME) && text.equals(expected);
  }

  @Override
  public String toString() {
    return switch (type) {
      case NAME, NUMBER, SYMBOL -> "'" + text + "'";
      case STRING -> "a string";
      case NEWLINE -> "the end of the line";
      case INDENT -> "a deeper indentation";
      case DEDENT -> "the end of the block";
      case END -> "the end of the file";
    };
  }
}
