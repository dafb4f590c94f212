package org.gantry.cli.recipes;

import java.util.List;
import java.util.Map;
import org.gantry.cli.console.AnsiStyle;
import org.gantry.cli.console.Console;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.training.CompositionWarning;

/** Shows what is doubtful about a recipe that can be trained. */
public final class RecipeWarnings {

  private RecipeWarnings() {}

  /** Prints the warnings on the standard error. */
  public static void print(ComposedRecipe composed, Console console) {
    boolean colour = console.terminal().errorColour();
    for (CompositionWarning warning : composed.graph().warnings()) {
      String where = warning.contributor().where();
      console
          .err()
          .println(
              AnsiStyle.WARNING.apply("warning:", colour)
                  + " "
                  + (where.isEmpty() ? "" : where + ": ")
                  + warning.message());
      console.err().println("  " + AnsiStyle.FIX.apply("fix:", colour) + " " + warning.fix());
    }
  }

  /** The warnings in the lines that {@link #print} prints, without the word {@code warning}. */
  public static List<String> texts(ComposedRecipe composed) {
    return composed.graph().warnings().stream()
        .map(
            warning ->
                (warning.contributor().where().isEmpty()
                        ? ""
                        : warning.contributor().where() + ": ")
                    + warning.message()
                    + System.lineSeparator()
                    + "  fix: "
                    + warning.fix())
        .toList();
  }

  /** The warnings as JSON. */
  static List<Map<String, Object>> json(ComposedRecipe composed) {
    return composed.graph().warnings().stream()
        .map(
            warning ->
                JsonText.object(
                    "message", warning.message(),
                    "where", warning.contributor().where(),
                    "fix", warning.fix()))
        .toList();
  }
}
