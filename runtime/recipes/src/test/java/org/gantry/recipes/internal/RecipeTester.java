package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.RecipeException;

/**
 * Composes recipes that tests write.
 *
 * @param folder a temporary folder of the test
 * @param components the installed components
 */
record RecipeTester(Path folder, ComponentRegistry components) {

  /** A small recipe of five lines, to which tests add more. */
  static final String SMALL =
      """
      # A small game.
      data: points
      networks:
        generator: mlp
        discriminator: mlp
      """;

  RecipeTester(Path folder) {
    this(folder, FakeRegistry.standard());
  }

  RecipeService service() {
    return new RecipeService(
        components, folder.resolve("bundled"), folder.resolve("here"), () -> {});
  }

  /** Composes a recipe; a change is {@code path=value}. */
  ComposedRecipe compose(String text, String... changes) {
    Path file = folder.resolve("recipe.yaml");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return service().compose(file.toString(), changes(changes));
  }

  static List<Change> changes(String... changes) {
    return Arrays.stream(changes)
        .map(change -> change.split("=", 2))
        .map(parts -> new Change(parts[0], parts[1]))
        .toList();
  }

  /** Returns the problems of a recipe, as {@code location | message | fix}. */
  List<String> problems(String text, String... changes) {
    RecipeException refused =
        assertThrows(RecipeException.class, () -> compose(text, changes), "was accepted");
    return lines(refused);
  }

  /** Expects a recipe to have these problems, as {@code location | message | fix}. */
  void assertRefused(String text, String... problems) {
    assertEquals(List.of(problems), problems(text));
  }

  /** Expects the problems of {@link #SMALL} with lines added, the first of which is line 6. */
  void assertAdditionRefused(String addition, String... problems) {
    assertRefused(SMALL + addition, problems);
  }

  List<String> lines(RecipeException refused) {
    List<String> lines = new ArrayList<>();
    refused
        .problems()
        .forEach(p -> lines.add(p.location() + " | " + p.message() + " | " + p.fix()));
    return lines.stream().map(line -> line.replace(folder + "/", "")).toList();
  }
}
