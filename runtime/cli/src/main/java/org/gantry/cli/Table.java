package org.gantry.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of text in columns. All but the last column are as wide as they need; the last one is
 * wrapped between words where a line would be too long.
 */
final class Table {

  private static final int GAP = 2;

  /** Less room than this is no help: then lines become too long instead. */
  private static final int LEAST_ROOM = 20;

  private final List<List<String>> rows = new ArrayList<>();
  private final String indent;
  private final boolean headed;

  private Table(int indent, boolean headed) {
    this.indent = " ".repeat(indent);
    this.headed = headed;
  }

  /** A table without a head. */
  static Table plain(int indent) {
    return new Table(indent, false);
  }

  /** A table with a head. */
  static Table headed(int indent, String... head) {
    return new Table(indent, true).row(head);
  }

  /** Adds a row. */
  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /**
   * The text, with a line end after every line.
   *
   * @param width the columns of a line
   * @param colour whether the head may be emphasised
   */
  String text(int width, boolean colour) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    int left = indent.length();
    for (int i = 0; i < columns - 1; i++) {
      left += widths[i] + GAP;
    }
    StringBuilder out = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      String lines = row(rows.get(r), columns, widths, left, Math.max(LEAST_ROOM, width - left));
      out.append(headed && r == 0 ? Paint.HEAD.on(lines.stripTrailing(), colour) + "\n" : lines);
    }
    return out.toString();
  }

  private String row(List<String> row, int columns, int[] widths, int left, int room) {
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < Math.min(row.size(), columns - 1); i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + GAP));
    }
    StringBuilder out = new StringBuilder();
    for (String part : wrap(row.size() == columns ? row.get(columns - 1) : "", room)) {
      out.append((line + part).stripTrailing()).append('\n');
      line = new StringBuilder(" ".repeat(left));
    }
    return out.toString();
  }

  /** The lines of a text; a word that is longer than a line has one of its own. */
  static List<String> wrap(String text, int room) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > room) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
