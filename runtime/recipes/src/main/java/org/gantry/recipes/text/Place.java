package org.gantry.recipes.text;

import java.nio.file.Path;
import java.util.Comparator;
import org.gantry.recipes.Recipes.Change;

/**
 * Where something was written: in a recipe's file, or on the command line.
 *
 * @param source the file as messages show it, or the command-line option
 * @param line from 1; 0 on the command line
 * @param column from 1; 0 on the command line
 * @param folder what paths written here are relative to
 */
public record Place(String source, int line, int column, Path folder) {

  /** The order of the file, then the command line. */
  public static final Comparator<Place> ORDER =
      Comparator.comparing((Place place) -> place.line == 0)
          .thenComparing(Place::line)
          .thenComparing(Place::column);

  /** The start of a file. */
  public static Place file(String source, Path folder) {
    return new Place(source, 1, 1, folder);
  }

  /** A change made on the command line, or while a recipe trains. */
  public static Place change(Change change, Path workingFolder) {
    String words =
        change.removes()
            ? "removing " + change.path()
            : "--set " + change.path() + "=" + change.value().strip();
    return new Place(words, 0, 0, workingFolder);
  }

  /** The place at a mark of the parser, which counts from 0. */
  public Place at(int markLine, int markColumn) {
    return line == 0 ? this : new Place(source, markLine + 1, markColumn + 1, folder);
  }

  /** The place as messages begin with it. */
  public String where() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
