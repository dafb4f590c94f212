package org.gantry.cli.runs;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.console.YesNoPrompt;
import org.gantry.cli.services.CommandServices;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.ScheduledChange;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.training.AcceptedDifferences;
import org.gantry.runs.training.RunResumption;

/**
 * The user's request to continue a run: shows what it changes, and asks whether to continue.
 *
 * @param services the installed recipes and components
 * @param console shows the changes
 * @param named the run as the user named it
 * @param accepted what may differ from the run
 * @param yes whether to continue without asking
 */
record ResumeRequest(
    CommandServices services,
    Console console,
    Path named,
    AcceptedDifferences accepted,
    boolean yes) {

  /**
   * Opens the run in a folder and prints notes about it.
   *
   * @param changes of its recipe
   * @throws InvalidInputException if it cannot be continued
   */
  RunResumption open(Path run, List<Change> changes) {
    RunResumption resumption;
    try {
      requireSamePlugins(RunFolder.open(run));
      // Accepts other data for the moment, because only the open run knows which it reads.
      resumption =
          RunResumption.open(
              run,
              services.recipes(),
              services.components(),
              changes,
              new AcceptedDifferences(accepted.plugins(), true));
    } catch (RunException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
    if (!accepted.data() && !resumption.otherData().isEmpty()) {
      resumption.close();
      throw new InvalidInputException(
          "the run %s was made with other data than is there now: %s"
              .formatted(run, String.join("; ", resumption.otherData())),
          "Bring the files back, or add --other-data to continue with those that are there.");
    }
    resumption.notes().forEach(note -> console.err().println("note: " + note));
    return resumption;
  }

  /** Rejects plugins other than those of the run, because they could change its result. */
  void requireSamePlugins(RunFolder run) {
    List<String> others =
        accepted.plugins() ? List.of() : run.pluginDifferences(services.components());
    if (!others.isEmpty()) {
      throw new InvalidInputException(
          "the run %s was made with other plugins than are installed: %s"
              .formatted(run.path(), String.join("; ", others)),
          "Install the run's plugins ('gantry plugins install NAME@VERSION'), or add"
              + " --other-plugins to use the installed ones.");
    }
  }

  /**
   * Shows changes of the recipe. Asks for a confirmation unless only the number of steps changed.
   *
   * @return the exit code if the run is not to be continued
   */
  Optional<Integer> refusal(RunResumption resumption) {
    boolean agreed = isConfirmed(resumption.differences());
    if (console.interrupted().getAsBoolean()) {
      console.err().println("interrupted before the first step; nothing was changed");
      return Optional.of(ExitCode.INTERRUPTED);
    } else if (!agreed) {
      console.err().println("not continued; nothing was changed");
      return Optional.of(ExitCode.FAILED);
    }
    return Optional.empty();
  }

  private boolean isConfirmed(List<RecipeDifference> differences) {
    if (!differences.isEmpty()) {
      TextTable table = TextTable.headed(2, "changed", "recorded", "new");
      differences.forEach(d -> table.row(d.path(), d.before().orElse("-"), d.after().orElse("-")));
      console.err().print(table.text(console.terminal().width(), console.terminal().errorColour()));
    }
    if (yes
        || differences.stream()
            .allMatch(d -> d.path().equals(ScheduledChange.STEPS) || d.isVersionOnly())) {
      return true;
    }
    return console
        .terminal()
        .keyboard()
        .map(k -> new YesNoPrompt("Continue with this recipe?").ask(console, k))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--resume %s: the recipe has changed, and there is no terminal to ask whether to continue"
                        .formatted(named),
                    "Add --yes to continue with the changes."));
  }
}
