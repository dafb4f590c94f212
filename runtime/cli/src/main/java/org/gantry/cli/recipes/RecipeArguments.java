package org.gantry.cli.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.recipes.Recipes;
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
    return select(services, console, List.of());
  }

  /** As {@link #select(CommandServices, Console)}, with more changes of the recipe. */
  SelectedStage select(CommandServices services, Console console, List<Recipes.Change> more) {
    List<Recipes.Change> changes = new ArrayList<>(further.changes());
    changes.addAll(more);
    Optional<StagedRecipe> staged = services.recipes().composeStages(recipe, changes);
    if (staged.isEmpty() && stage != null) {
      throw new InvalidInputException(
          "--stage %s: the recipe %s has no stages".formatted(stage, recipe), "Leave it out.");
    }
    SelectedStage selected =
        staged.isPresent()
            ? SelectedStage.of(staged.get(), stage)
            : SelectedStage.of(services.recipes().compose(recipe, changes));
    selected.composed().notes().forEach(note -> console.err().println("note: " + note));
    if (!selected.note().isEmpty()) {
      console.err().println("note: " + selected.note());
    }
    return selected;
  }
}
