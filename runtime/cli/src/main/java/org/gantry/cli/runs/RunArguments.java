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
import org.gantry.runs.training.TrainedRun;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of commands that use a run: its folder, changes and checkpoint. */
final class RunArguments {

  @Parameters(paramLabel = "RUN", description = "The folder of a run.")
  private Path run;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Change the use of the run, such as --set sampler=NAME. Can be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--checkpoint",
      paramLabel = "N|best",
      description =
          "The step of the checkpoint to use, or 'best' for the best one by the recipe's"
              + " train.keep-best; by default the last.")
  private String checkpoint;

  /** The path in place of the run's folder; of a run with stages, the last that is trained. */
  Path path() {
    return RunLocation.findTrained(run);
  }

  /** Changes the use of the run, as {@code --set} does. */
  void set(String setting) {
    settings.add(setting);
  }

  /** Whether there are options in addition to the path. */
  boolean hasChanges() {
    return !settings.isEmpty() || checkpoint != null;
  }

  /**
   * Opens the run at its checkpoint and prints notes about it.
   *
   * @throws InvalidInputException if the run cannot be used
   */
  TrainedRun open(CommandServices services, Console console) {
    List<Recipes.Change> changes = ChangeArguments.changes("--set ", settings);
    return new SelectedRun(run, Optional.ofNullable(checkpoint), changes).open(services, console);
  }
}
