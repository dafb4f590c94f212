package org.gantry.cli.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.recipes.ChangeArguments;
import org.gantry.cli.services.CommandServices;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.training.TrainedRun;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A run and what is changed in its use, as several commands take them. */
final class RunArguments {

  @Parameters(paramLabel = "RUN", description = "The folder of a run.")
  private Path run;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Change how the run is used, such as --set sampler=NAME. Can be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--checkpoint",
      paramLabel = "N|best",
      description =
          "The checkpoint to use, by its step, or the best by the recipe's train.keep-best;"
              + " by default the last.")
  private String checkpoint;

  /** The folder, or what was named instead. */
  Path path() {
    return run;
  }

  /** Whether anything but the run itself was named. */
  boolean hasChanges() {
    return !settings.isEmpty() || checkpoint != null;
  }

  /**
   * Brings back the run's last checkpoint, and tells the person what there is to know about it.
   *
   * @throws InvalidInputException if the run cannot be used
   */
  TrainedRun open(CommandServices services, Console console) {
    TrainedRun trained = open(services);
    trained.notes().forEach(note -> console.err().println("note: " + note));
    return trained;
  }

  private TrainedRun open(CommandServices services) {
    List<Recipes.Change> changes = ChangeArguments.changes("--set ", settings);
    try {
      return TrainedRun.open(
          run, Optional.ofNullable(checkpoint), services.recipes(), services.components(), changes);
    } catch (RunException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    } catch (RecipeException e) {
      throw new RecipeException(
          e.problems().stream().map(p -> withPluginDifferences(p, services)).toList());
    }
  }

  /** Says of a component that is not there which plugin the run had it from. */
  private InputProblem withPluginDifferences(InputProblem problem, CommandServices services) {
    if (problem.missing().isEmpty()) {
      return problem;
    }
    List<String> others = RunFolder.open(run).pluginDifferences(services.components());
    return others.isEmpty()
        ? problem
        : problem.withFix(
            "The run was made with other plugins than are installed: %s. %s"
                .formatted(String.join("; ", others), problem.fix()));
  }
}
