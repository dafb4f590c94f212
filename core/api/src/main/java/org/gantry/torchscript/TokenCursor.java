package org.gantry.torchscript;

import java.util.List;
import org.gantry.torchscript.ScriptToken.LexemeType;

/** A position in the tokens of a script. */
final class TokenCursor {

  /** Deeper nesting has no use, and would exhaust the stack. */
  private static final int DEPTH = 100;

  private final String file;
  private final List<ScriptToken> tokens;
  private int position;
  private int depth;

  TokenCursor(String file, List<ScriptToken> tokens) {
    this.file = file;
    this.tokens = tokens;
  }

  private ScriptToken current() {
    return tokens.get(position);
  }

  int line() {
    return current().line();
  }

  String text() {
    return current().type() == LexemeType.STRING ? "" : current().text();
  }

  boolean at(String symbol) {
    return current().is(symbol);
  }

  boolean atType(LexemeType type) {
    return current().type() == type;
  }

  boolean skip(String symbol) {
    return advance(at(symbol));
  }

  boolean skipType(LexemeType type) {
    return advance(atType(type));
  }

  private boolean advance(boolean matches) {
    if (matches && position < tokens.size() - 1) {
      position++;
    }
    return matches;
  }

  /** The text of the current token; moves to the next one. */
  String take() {
    String text = current().text();
    advance(true);
    return text;
  }

  String name() throws ArchiveException {
    if (!atType(LexemeType.NAME)) {
      throw unexpected("a name");
    }
    return take();
  }

  void expect(String symbol) throws ArchiveException {
    if (!skip(symbol)) {
      throw unexpected("'" + symbol + "'");
    }
  }

  void expectType(LexemeType type) throws ArchiveException {
    if (!skipType(type)) {
      throw unexpected(new ScriptToken(type, "", 0).toString());
    }
  }

  /** Enters a nested part. */
  void enter() throws ArchiveException {
    if (++depth > DEPTH) {
      throw new ArchiveException("%s:%d: it is nested too deeply".formatted(file, line()));
    }
  }

  /** Leaves a nested part. */
  void leave() {
    depth--;
  }

  ArchiveException unexpected(String expected) {
    return new ArchiveException(
        "%s:%d: expected %s, not %s".formatted(file, line(), expected, current()));
  }
}
