package org.gantry.cli.recipes;

import java.util.Optional;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.recipes.StagedRecipe;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of commands that compose a recipe: the recipe and its changes. */
final class RecipeArguments {

  @Parameters(
      paramLabel = "RECIPE",
      description = "The name of a bundled recipe ('gantry recipes' lists them), or a file.")
  private String recipe;

  @Mixin private ChangeArguments further;

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description = "The stage of a recipe with stages; the last one by default.")
  private String stage;

  /** Composes and checks the changed recipe, and prints notes about what is shown of it. */
  SelectedStage select(CommandServices services, Console console) {
    Optional<StagedRecipe> staged = services.recipes().composeStages(recipe, further.changes());
    if (staged.isEmpty() && stage != null) {
      throw new InvalidInputException(
          "--stage %s: the recipe %s has no stages".formatted(stage, recipe), "Leave it out.");
    }
    SelectedStage selected =
        staged.isPresent()
            ? SelectedStage.of(staged.get(), stage)
            : SelectedStage.of(services.recipes().compose(recipe, further.changes()));
    selected.composed().notes().forEach(note -> console.err().println("note: " + note));
    if (!selected.note().isEmpty()) {
      console.err().println("note: " + selected.note());
    }
    return selected;
  }
}
