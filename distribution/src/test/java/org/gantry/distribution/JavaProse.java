package org.gantry.distribution;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the comments and string literals of a Java source. Line comments on consecutive lines are
 * one passage, and so are string literals that {@code +} joins.
 */
final class JavaProse {

  private final String source;
  private final List<Prose> passages = new ArrayList<>();
  private int at;
  private int line = 1;

  /** The passage that the next string literal or line comment continues. */
  private Prose open = new Prose();

  private boolean openIsComment;

  JavaProse(String source) {
    this.source = source;
  }

  List<Prose> read() {
    while (at < source.length()) {
      if (source.startsWith("//", at)) {
        open(true);
        takeUntil("\n", 2);
      } else if (source.startsWith("/*", at)) {
        close();
        takeUntil("*/", 2);
        close();
      } else if (source.startsWith("\"\"\"", at)) {
        open(false);
        takeUntil("\"\"\"", 3);
      } else if (source.charAt(at) == '"') {
        open(false);
        takeLiteral();
      } else if (source.charAt(at) == '\'') {
        at += source.charAt(at + 1) == '\\' ? 3 : 2;
        at = source.indexOf('\'', at - 1) + 1;
      } else {
        char c = source.charAt(at);
        if (!Character.isWhitespace(c) && c != '+') {
          close();
        }
        skip();
      }
    }
    close();
    return passages;
  }

  private void open(boolean comment) {
    if (comment != openIsComment) {
      close();
    }
    openIsComment = comment;
  }

  private void close() {
    if (!open.isEmpty()) {
      passages.add(open);
      open = new Prose();
    }
  }

  private void skip() {
    if (source.charAt(at) == '\n') {
      line++;
    }
    at++;
  }

  /** Takes the content of a comment or text block, without the stars at the start of its lines. */
  private void takeUntil(String end, int start) {
    at += start;
    int stop = source.indexOf(end, at);
    stop = stop < 0 ? source.length() : stop;
    for (String content : source.substring(at, stop).split("\n", -1)) {
      open.append(content.strip().replaceFirst("^[*/]+ ?", "") + " ", line);
      line++;
    }
    line--;
    at = stop + (end.equals("\n") ? 0 : end.length());
  }

  private void takeLiteral() {
    int start = ++at;
    while (source.charAt(at) != '"') {
      at += source.charAt(at) == '\\' ? 2 : 1;
    }
    open.append(source.substring(start, at).replace("\\n", " "), line);
    at++;
  }
}
