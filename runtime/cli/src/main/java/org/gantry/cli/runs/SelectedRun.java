package org.gantry.cli.runs;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.services.CommandServices;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.StagedRun;
import org.gantry.runs.training.TrainedRun;

/**
 * A run that a command uses.
 *
 * @param run what the user named
 * @param checkpoint the step of the checkpoint, or {@code best}; empty for the last
 * @param changes the changes of its use
 */
record SelectedRun(Path run, Optional<String> checkpoint, List<Recipes.Change> changes) {

  /** The path of the run's folder; of a run with stages, the last that is trained. */
  Path path() {
    return RunLocation.findTrained(run);
  }

  /**
   * Opens the run at its checkpoint and prints notes about it.
   *
   * @throws InvalidInputException if the run cannot be used
   */
  TrainedRun open(CommandServices services, Console console) {
    TrainedRun trained = open(services);
    StagedRun.find(RunLocation.find(run))
        .ifPresent(
            staged ->
                console
                    .err()
                    .printf("note: this is the stage '%s' of %s%n", trained.folder().name(), run));
    trained.notes().forEach(note -> console.err().println("note: " + note));
    return trained;
  }

  private TrainedRun open(CommandServices services) {
    try {
      return TrainedRun.open(
          path(), checkpoint, services.recipes(), services.components(), changes);
    } catch (RunException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    } catch (RecipeException e) {
      throw new RecipeException(
          e.problems().stream().map(p -> withPluginDifferences(p, services)).toList());
    }
  }

  /**
   * Adds the differences between the run's plugins and the installed ones to a missing component.
   */
  private InputProblem withPluginDifferences(InputProblem problem, CommandServices services) {
    if (problem.missing().isEmpty()) {
      return problem;
    }
    List<String> others = RunFolder.open(path()).pluginDifferences(services.components());
    return others.isEmpty()
        ? problem
        : problem.withFix(
            "The run was made with other plugins than are installed: %s. %s"
                .formatted(String.join("; ", others), problem.fix()));
  }
}
