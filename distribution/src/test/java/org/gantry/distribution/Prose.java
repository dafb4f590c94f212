package org.gantry.distribution;

import java.util.ArrayList;
import java.util.List;

/**
 * A passage of prose in a source file, with its line breaks replaced by spaces. A phrase is found
 * even if it is wrapped.
 */
final class Prose {

  private final StringBuilder text = new StringBuilder();
  private final List<Integer> lines = new ArrayList<>();

  /** Appends characters of one line, which is counted from 1. */
  void append(CharSequence characters, int line) {
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      boolean space = Character.isWhitespace(c);
      if (!space || (!text.isEmpty() && text.charAt(text.length() - 1) != ' ')) {
        text.append(space ? ' ' : c);
        lines.add(line);
      }
    }
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  /** Returns the prose as a single line. */
  String text() {
    return text.toString();
  }

  /** Returns the line of the character at an offset of {@link #text}. */
  int line(int offset) {
    return lines.get(offset);
  }

  /** Reads the comments and string literals of a Java source. Single words are keys, not prose. */
  static List<Prose> ofJava(String source) {
    return new JavaProse(source)
        .read().stream().filter(prose -> prose.text().strip().contains(" ")).toList();
  }

  /** Reads the paragraphs of Markdown without code. */
  static List<Prose> ofMarkdown(String source) {
    List<Prose> passages = new ArrayList<>();
    Prose paragraph = new Prose();
    boolean code = false;
    int number = 0;
    for (String line : source.split("\n", -1)) {
      number++;
      if (line.strip().startsWith("```")) {
        code = !code;
      } else if (line.isBlank()) {
        passages.add(paragraph);
        paragraph = new Prose();
      } else if (!code) {
        paragraph.append(line.replaceAll("`[^`]*`", "`code`") + " ", number);
      }
    }
    passages.add(paragraph);
    return passages;
  }

  /** Reads text whose lines can start with a comment sign, such as YAML. */
  static List<Prose> ofText(String source) {
    Prose prose = new Prose();
    int number = 0;
    for (String line : source.split("\n", -1)) {
      number++;
      prose.append(line.strip().replaceFirst("^#+ ?", "") + " ", number);
    }
    return List.of(prose);
  }
}
