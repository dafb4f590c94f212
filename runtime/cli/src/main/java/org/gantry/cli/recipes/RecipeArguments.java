package org.gantry.cli.recipes;

import org.gantry.cli.services.CommandServices;
import org.gantry.recipes.ComposedRecipe;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A recipe and what is changed in it, as several commands take them. */
final class RecipeArguments {

  @Parameters(
      paramLabel = "RECIPE",
      description = "The name of a bundled recipe ('gantry recipes' lists them), or a file.")
  private String recipe;

  @Mixin private ChangeArguments further;

  /** The recipe with its changes, composed and checked. */
  ComposedRecipe compose(CommandServices services) {
    return services.recipes().compose(recipe, further.changes());
  }
}
