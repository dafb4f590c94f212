package org.gantry.recipes.text;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where something was written: in a recipe's file, or on the command line.
 *
 * @param source the file as messages show it, or the command-line option
 * @param line from 1; 0 on the command line
 * @param column from 1; 0 on the command line
 * @param folder what paths written here are relative to
 */
public record SourcePosition(String source, int line, int column, Path folder) {

  /** The order of the file, then the command line. */
  public static final Comparator<SourcePosition> ORDER =
      Comparator.comparing((SourcePosition place) -> place.line == 0)
          .thenComparing(SourcePosition::line)
          .thenComparing(SourcePosition::column);

  /** The start of a file. */
  public static SourcePosition startOf(String source, Path folder) {
    return new SourcePosition(source, 1, 1, folder);
  }

  /** The place at a mark of the parser, which counts from 0. */
  public SourcePosition atMark(int markLine, int markColumn) {
    return line == 0 ? this : new SourcePosition(source, markLine + 1, markColumn + 1, folder);
  }

  /** The place as messages begin with it. */
  public String location() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
