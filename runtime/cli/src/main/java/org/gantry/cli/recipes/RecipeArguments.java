package org.gantry.cli.recipes;

import org.gantry.cli.services.CommandServices;
import org.gantry.recipes.ComposedRecipe;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The arguments of commands that compose a recipe: the recipe and its changes. */
final class RecipeArguments {

  @Parameters(
      paramLabel = "RECIPE",
      description = "The name of a bundled recipe ('gantry recipes' lists them), or a file.")
  private String recipe;

  @Mixin private ChangeArguments further;

  /** Composes and checks the changed recipe. */
  ComposedRecipe compose(CommandServices services) {
    return services.recipes().compose(recipe, further.changes());
  }
}
