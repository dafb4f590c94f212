package org.gantry.torchscript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.torchscript.ScriptToken.LexemeType;

/**
 * Splits the source of a script into tokens. It accepts less than libtorch, so that both read what
 * it accepts in the same way.
 */
final class ScriptLexer {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern NUMBER =
      Pattern.compile("(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern SYMBOL =
      Pattern.compile(
          "\\*\\*=?|//=?|->|[<>=!]=|[-+*/%@&|^]=?|<<|>>|[()\\[\\]{}:,.=<>~]", Pattern.DOTALL);

  private final String file;
  private final String source;
  private final List<ScriptToken> tokens = new ArrayList<>();
  private final Deque<Integer> indentations = new ArrayDeque<>(List.of(0));
  private int position;
  private int line = 1;
  private int brackets;

  private ScriptLexer(String file, String source) {
    this.file = file;
    this.source = source;
  }

  /**
   * Splits a source.
   *
   * @param file for messages
   * @throws ArchiveException if the source contains anything that is not a token
   */
  static List<ScriptToken> tokens(String file, String source) throws ArchiveException {
    ScriptLexer lexer = new ScriptLexer(file, source);
    lexer.read();
    return lexer.tokens;
  }

  private void read() throws ArchiveException {
    indentation();
    while (position < source.length()) {
      char next = source.charAt(position);
      if (next == '\n') {
        endLine();
      } else if (next == ' ') {
        position++;
      } else if (next == '#') {
        comment();
      } else {
        token();
      }
    }
    if (!tokens.isEmpty() && tokens.get(tokens.size() - 1).type() != LexemeType.NEWLINE) {
      add(LexemeType.NEWLINE, "");
    }
    while (indentations.pop() > 0) {
      add(LexemeType.DEDENT, "");
    }
    add(LexemeType.END, "");
  }

  private void endLine() throws ArchiveException {
    position++;
    if (brackets == 0) {
      if (!tokens.isEmpty()
          && tokens.get(tokens.size() - 1).type() != LexemeType.NEWLINE
          && tokens.get(tokens.size() - 1).type() != LexemeType.DEDENT) {
        add(LexemeType.NEWLINE, "");
      }
      line++;
      indentation();
    } else {
      line++;
    }
  }

  /** Reads the spaces at the start of a line, unless the line is empty. */
  private void indentation() throws ArchiveException {
    int start = position;
    while (position < source.length() && source.charAt(position) == ' ') {
      position++;
    }
    if (position == source.length() || "\n#".indexOf(source.charAt(position)) >= 0) {
      return;
    }
    int width = position - start;
    if (width > indentations.peek()) {
      indentations.push(width);
      add(LexemeType.INDENT, "");
    }
    while (width < indentations.peek()) {
      indentations.pop();
      add(LexemeType.DEDENT, "");
    }
    if (width != indentations.peek()) {
      throw unreadable("its indentation fits no block");
    }
  }

  private void comment() throws ArchiveException {
    int end = source.indexOf('\n', position);
    String text = source.substring(position, end < 0 ? source.length() : end);
    // libtorch reads the types of a function from such a comment.
    if (text.matches("#\\s*type:.*")) {
      throw unreadable("its types are in a comment");
    }
    position += text.length();
  }

  private void token() throws ArchiveException {
    char next = source.charAt(position);
    if (next == '"' || next == '\'') {
      string(next);
    } else if (!add(NAME, LexemeType.NAME)
        && !add(NUMBER, LexemeType.NUMBER)
        && !add(SYMBOL, LexemeType.SYMBOL)) {
      throw unreadable(
          "the character U+%04X is not part of a script".formatted(source.codePointAt(position)));
    }
  }

  private boolean add(Pattern pattern, LexemeType type) {
    Matcher matcher = pattern.matcher(source).region(position, source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    String text = matcher.group();
    add(type, text);
    if ("([{".contains(text)) {
      brackets++;
    } else if (")]}".contains(text)) {
      brackets--;
    }
    position = matcher.end();
    return true;
  }

  /**
   * Reads a quoted string. Control characters are refused, because a string can reach the terminal
   * in an error message.
   */
  private void string(char quote) throws ArchiveException {
    if (source.startsWith(String.valueOf(quote).repeat(3), position)) {
      throw unreadable("a string with three quotes is not part of a script");
    }
    StringBuilder content = new StringBuilder();
    for (int i = position + 1; i < source.length(); i++) {
      char next = source.charAt(i);
      if (next == quote) {
        position = i + 1;
        add(LexemeType.STRING, content.toString());
        return;
      } else if (Character.isISOControl(next)) {
        break;
      } else if (next == '\\') {
        i++;
        char escaped = i < source.length() ? source.charAt(i) : ' ';
        if ("\\'\"n".indexOf(escaped) < 0) {
          throw unreadable("the string has an escape sequence other than \\n, \\\\, \\' and \\\"");
        }
        next = escaped == 'n' ? '\n' : escaped;
      }
      content.append(next);
    }
    throw unreadable("the string does not end");
  }

  private void add(LexemeType type, String text) {
    tokens.add(new ScriptToken(type, text, line));
  }

  private ArchiveException unreadable(String reason) {
    return new ArchiveException("%s:%d: %s".formatted(file, line, reason));
  }
}
