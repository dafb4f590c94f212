package org.gantry.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON objects from files of others, such as lines of captions. Objects and lists are nested
 * 4 deep at most.
 */
public final class JsonObjectReader {

  private static final int MOST_DEPTH = 4;

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  private final String text;
  private int at;
  private int depth;

  private JsonObjectReader(String text) {
    this.text = text;
  }

  /**
   * Reads an object.
   *
   * @return its members in their order; a value is a map, a list, a text, a boolean, null, a long,
   *     or, for a number with a fraction or beyond a long, a double
   * @throws IllegalArgumentException if the text is anything else; the message continues a sentence
   *     whose subject is the text
   */
  public static Map<String, Object> read(String text) {
    JsonObjectReader reader = new JsonObjectReader(text);
    Map<String, Object> object = reader.object();
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.unexpected("nothing more");
    }
    return object;
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    open('{');
    while (!closes('}', object.isEmpty())) {
      String name = string();
      require(':');
      Object value = value();
      if (object.put(name, value) != null) {
        throw new IllegalArgumentException("has " + name + " twice");
      }
    }
    return object;
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    open('[');
    while (!closes(']', list.isEmpty())) {
      list.add(value());
    }
    return list;
  }

  private Object value() {
    skipSpace();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private void open(char bracket) {
    require(bracket);
    depth++;
    if (depth > MOST_DEPTH) {
      throw new IllegalArgumentException("is nested too deep");
    }
  }

  /** Passes a closing bracket, or the comma before the next element. */
  private boolean closes(char bracket, boolean first) {
    skipSpace();
    if (peek() == bracket) {
      at++;
      depth--;
      return true;
    } else if (!first) {
      require(',');
    }
    return false;
  }

  private Object number() {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw unexpected("a value");
    }
    at = number.end();
    try {
      return Long.valueOf(number.group());
    } catch (NumberFormatException e) {
      return Double.valueOf(number.group());
    }
  }

  private Object word(String word, Object meaning) {
    if (!text.startsWith(word, at)) {
      throw unexpected("a value");
    }
    at += word.length();
    return meaning;
  }

  private String string() {
    require('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      char c = peek();
      if (c < ' ') {
        throw unexpected("the end of a text");
      }
      at++;
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> {
        at--;
        throw unexpected("an escaped character");
      }
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw unexpected("4 hexadecimal digits");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private void require(char c) {
    skipSpace();
    if (peek() != c) {
      throw unexpected("'" + c + "'");
    }
    at++;
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      at++;
    }
  }

  /** The next character; 0 at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException(
        "is not valid JSON: expected %s at position %d".formatted(expected, at));
  }
}
