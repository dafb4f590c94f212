package org.gantry.cli.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gantry.cli.recipes.ChangeArguments;
import org.gantry.cli.runs.RunLocation;
import org.gantry.cli.services.CommandServices;
import org.gantry.embedded.EmbeddedRuns;
import org.gantry.embedded.OpenedRun;
import org.gantry.embedded.RecipeTraining;
import org.gantry.embedded.TrainingWorker;
import org.gantry.embedded.WorkerSettings;
import org.gantry.recipes.Recipes;
import org.gantry.runs.training.TrainedRun;

/**
 * Recipes and runs for programs.
 *
 * @param services the installed recipes and components
 */
public record EmbeddedTrainings(CommandServices services) implements EmbeddedRuns {

  @Override
  public RecipeTraining compose(String recipe, List<String> changes) {
    return EmbeddedCalls.call(
        () -> {
          List<Recipes.Change> parsed = ChangeArguments.changes("", changes);
          Recipes recipes = services.recipes();
          return recipes
              .composeStages(recipe, parsed)
              .<RecipeTraining>map(staged -> new ProgramStages(services, staged))
              .orElseGet(() -> new ProgramTraining(services, recipes.compose(recipe, parsed)));
        });
  }

  @Override
  public TrainingWorker openWorker(WorkerSettings settings) {
    return EmbeddedCalls.call(() -> ProgramWorker.open(services, settings));
  }

  @Override
  public OpenedRun open(Path folder) {
    return EmbeddedCalls.call(
        () ->
            new ProgramRun(
                services,
                TrainedRun.open(
                    RunLocation.findTrained(folder),
                    Optional.empty(),
                    services.recipes(),
                    services.components(),
                    List.of())));
  }
}
