package org.gantry.recipes.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The comment at the start of a recipe's file. */
public final class RecipeComment {

  private RecipeComment() {}

  /**
   * The first line of the comment, which says what the recipe is for; empty without a comment.
   *
   * @throws IOException if the file cannot be read
   */
  public static String firstLine(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .takeWhile(line -> line.startsWith("#"))
          .map(line -> line.replaceFirst("^#+\\s*", "").strip())
          .filter(line -> !line.isEmpty())
          .findFirst()
          .orElse("");
    }
  }
}
