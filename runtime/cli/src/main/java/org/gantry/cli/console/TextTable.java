package org.gantry.cli.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.host.support.TerminalText;

/**
 * A table of text in aligned columns. If the table is too wide, the widest columns shrink and their
 * text wraps between words.
 */
public final class TextTable {

  private static final int GAP = 2;

  /** No column shrinks below this width. */
  private static final int NARROWEST = 12;

  private static final int LONGEST_CELL = 2000;

  private final List<List<String>> rows = new ArrayList<>();
  private final String indent;
  private final boolean headed;

  private TextTable(int indent, boolean headed) {
    this.indent = " ".repeat(indent);
    this.headed = headed;
  }

  /** A table without a header. */
  public static TextTable plain(int indent) {
    return new TextTable(indent, false);
  }

  /** A table with a header. */
  public static TextTable headed(int indent, String... head) {
    return new TextTable(indent, true).row(head);
  }

  /**
   * Adds a row; every row has the same number of cells. The end of a very long text is left out.
   */
  public TextTable row(String... cells) {
    rows.add(Stream.of(cells).map(TextTable::cell).toList());
    return this;
  }

  private static String cell(String text) {
    return TerminalText.render(TerminalText.bounded(text, LONGEST_CELL).replaceAll("\\R|\t", " "));
  }

  /**
   * The text of the table, with a line end after every line.
   *
   * @param width the width of a line in characters
   * @param colour whether to emphasise the header
   */
  public String text(int width, boolean colour) {
    int[] widths = widths(width);
    StringBuilder out = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      for (String line : lines(rows.get(r), widths)) {
        out.append(headed && r == 0 ? AnsiStyle.HEAD.apply(line, colour) : line).append('\n');
      }
    }
    return out.toString();
  }

  private int[] widths(int width) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    int[] least = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
        least[i] = Math.max(least[i], Math.min(NARROWEST, widths[i]));
        least[i] = Math.max(least[i], longestWord(row.get(i)));
      }
    }
    int room = width - indent.length() - GAP * (columns - 1);
    while (Arrays.stream(widths).sum() > room) {
      int widest = -1;
      for (int i = 0; i < columns; i++) {
        if (widths[i] > least[i] && (widest < 0 || widths[i] >= widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static int longestWord(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToInt(String::length).max().orElse(0);
  }

  private List<String> lines(List<String> row, int[] widths) {
    List<List<String>> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      cells.add(wrap(row.get(i), widths[i]));
    }
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < height; y++) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < cells.size(); i++) {
        String text = y < cells.get(i).size() ? cells.get(i).get(y) : "";
        line.append(text).append(" ".repeat(widths[i] - text.length() + GAP));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** Wraps a text into lines; a word that is longer than a line has its own line. */
  public static List<String> wrap(String text, int room) {
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
