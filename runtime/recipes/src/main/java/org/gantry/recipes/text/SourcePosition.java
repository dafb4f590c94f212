package org.gantry.recipes.text;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * The position of a value: in a file or on the command line.
 *
 * @param source the file as messages show it, or the command-line option
 * @param line the line, from 1; 0 on the command line
 * @param column the column, from 1; 0 on the command line
 * @param folder the folder to which a path at this position is relative
 */
public record SourcePosition(String source, int line, int column, Path folder) {

  /** Orders positions as in the file; those on the command line come last. */
  public static final Comparator<SourcePosition> ORDER =
      Comparator.comparing((SourcePosition position) -> position.line == 0)
          .thenComparing(SourcePosition::line)
          .thenComparing(SourcePosition::column);

  /** Returns the start of a file. */
  public static SourcePosition startOf(String source, Path folder) {
    return new SourcePosition(source, 1, 1, folder);
  }

  /** Returns the position of a mark of the parser, which counts lines and columns from 0. */
  public SourcePosition atMark(int markLine, int markColumn) {
    return line == 0 ? this : new SourcePosition(source, markLine + 1, markColumn + 1, folder);
  }

  /** Returns the position as messages begin with it, such as {@code ring.yaml:3:7}. */
  public String location() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
