package org.gantry.cli.runs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.ErrorReport;
import org.gantry.cli.console.ExitCode;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.console.TextTable;
import org.gantry.cli.services.CommandServices;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.TrainingListener;

/**
 * Executes a training for the user: shows its progress, keeps its plugins installed, logs a defect,
 * and prints how it ended.
 *
 * @param services keep the plugins
 * @param console shows how the training ended
 * @param views show the progress
 */
public record TrainingExecution(
    CommandServices services, Console console, TrainingView.Factory views) {

  /** Creates an execution that shows the progress on a console. */
  TrainingExecution(CommandServices services, Console console) {
    this(
        services,
        console,
        (announcement, composed, changes) -> new ProgressDisplay(console, announcement, changes));
  }

  /** Runs a training with a listener, until it is done or the condition holds. */
  public interface TrainingTask extends BiFunction<TrainingListener, BooleanSupplier, RunState> {}

  /**
   * Trains, and prints how the training ended.
   *
   * @param announcement the first line of the progress
   * @param training trains in the folder
   * @return the exit code
   */
  int train(String announcement, RunFolder folder, ComposedRecipe composed, TrainingTask training) {
    RunState state = run(announcement, folder, composed, training);
    if (state.status() == RunState.RunStatus.INTERRUPTED) {
      return printInterruption(
          "after step %d of %d".formatted(state.step(), state.steps()), folder.path());
    }
    return printConclusion(folder, folder.path());
  }

  /**
   * Trains until the training is done or interrupted, and prints the time of one that is done.
   *
   * @param announcement the first line of the progress
   * @param training trains in the folder
   */
  public RunState run(
      String announcement, RunFolder folder, ComposedRecipe composed, TrainingTask training) {
    try (RunPluginLease plugins = new RunPluginLease(folder, composed)) {
      return run(views.open(announcement, composed, plugins::renew), folder, training);
    }
  }

  private RunState run(TrainingView progress, RunFolder folder, TrainingTask training) {
    RunState state;
    try {
      state =
          training.apply(
              progress,
              IsolatedTraining.interruptedOrOrphaned(System.getenv(), console.interrupted()));
    } catch (RuntimeException e) {
      throw writeErrorLog(e, folder);
    } finally {
      progress.end();
    }
    if (state.status() != RunState.RunStatus.INTERRUPTED) {
      console
          .err()
          .printf(
              "%s%d steps in %s%s%n",
              state.reason().isEmpty() ? "" : state.reason() + "\n",
              state.step(),
              NumberText.duration(state.seconds()),
              progress.evaluationCost());
    }
    return state;
  }

  /** Prevents the removal of plugins while a training uses them. */
  private final class RunPluginLease implements AutoCloseable {

    private final RunFolder folder;
    private PluginProvisioner.PluginLease lease;

    RunPluginLease(RunFolder folder, ComposedRecipe composed) {
      this.folder = folder;
      lease = lease(composed);
    }

    void renew(ComposedRecipe composed) {
      PluginProvisioner.PluginLease before = lease;
      lease = lease(composed);
      before.close();
    }

    private PluginProvisioner.PluginLease lease(ComposedRecipe composed) {
      return services
          .provisioning()
          .acquireLease(folder.path().toAbsolutePath().normalize().toString(), composed.plugins());
    }

    @Override
    public void close() {
      lease.close();
    }
  }

  private static RuntimeException writeErrorLog(RuntimeException failure, RunFolder folder) {
    if (!ErrorReport.of(failure).defect()) {
      return failure;
    }
    Path log = folder.path().resolve("error.log");
    try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(log))) {
      failure.printStackTrace(writer);
      return new ErrorReport.LoggedException(failure, log);
    } catch (IOException e) {
      // The folder may be unwritable, which may have caused the failure.
      failure.addSuppressed(e);
      return failure;
    }
  }

  /**
   * Prints how to continue an interrupted training.
   *
   * @param when the moment, such as {@code after step 3 of 8}
   * @param run the folder that the user continues
   * @return the exit code
   */
  int printInterruption(String when, Path run) {
    console
        .err()
        .printf(
            "interrupted %s; %s has all results up to this step%n"
                + "  continue  gantry train --resume %s%n",
            when, run, run);
    console.out().println(run);
    return ExitCode.INTERRUPTED;
  }

  /**
   * Prints what to do with a training that is done.
   *
   * @param folder the run with the pictures
   * @param run the folder that the user names in other commands
   * @return the exit code
   */
  int printConclusion(RunFolder folder, Path run) {
    console
        .err()
        .print(
            TextTable.plain(2)
                .row("pictures", folder.samples().toString())
                .row("samples", "gantry sample " + run)
                .row("metrics", "gantry evaluate " + run)
                .text(Integer.MAX_VALUE, false));
    console.out().println(run);
    return ExitCode.DONE;
  }
}
