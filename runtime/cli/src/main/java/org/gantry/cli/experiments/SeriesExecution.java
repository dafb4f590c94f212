package org.gantry.cli.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.gantry.cli.console.Console;
import org.gantry.cli.services.CommandServices;
import org.gantry.experiments.SeriesRequirements;
import org.gantry.experiments.TrialOutcome;
import org.gantry.experiments.TrialSeries;
import org.gantry.provisioning.PluginProvisioner;

/**
 * Runs the trainings of a series for a command.
 *
 * @param series the trainings
 * @param needed what they need
 * @param parallel the number of trainings side by side; null for what suits them
 */
record SeriesExecution(
    CommandServices services,
    Console console,
    TrialSeries series,
    SeriesRequirements needed,
    Integer parallel) {

  /** The outcomes of the trainings that are finished already, after a line about them. */
  List<TrialOutcome> announce() {
    List<TrialOutcome> known =
        series.trials().stream().flatMap(trial -> series.findOutcome(trial).stream()).toList();
    int count = series.trials().size();
    console
        .err()
        .printf(
            "%s: %d training%s, %d finished, in %s%s%n",
            series.experiment().name(),
            count,
            count == 1 ? "" : "s",
            known.size(),
            series.folder(),
            count - known.size() > 1 && sideBySide() > 1
                ? "; %d side by side".formatted(Math.min(sideBySide(), count - known.size()))
                : "");
    return known;
  }

  /**
   * Runs what is not finished.
   *
   * @param finished the number of finished trainings
   * @param save receives all outcomes after each training
   */
  List<TrialOutcome> run(int finished, Consumer<List<TrialOutcome>> save) {
    int count = series.trials().size();
    SeriesProgress progress =
        new SeriesProgress(console, count, count - finished, sideBySide(), save);
    try (PluginProvisioner.PluginLease plugins = lease()) {
      Objects.requireNonNull(plugins);
      return series.run(
          services.recipes(), services.components(), progress, sideBySide(), console.interrupted());
    } finally {
      progress.end();
    }
  }

  private int sideBySide() {
    return parallel == null
        ? needed.parallelTrainings(Runtime.getRuntime().availableProcessors())
        : parallel;
  }

  /** Prevents the removal of plugins while the trainings use them. */
  private PluginProvisioner.PluginLease lease() {
    Path folder = series.folder().toAbsolutePath().normalize();
    return services.provisioning().acquireLease(folder.toString(), needed.plugins());
  }
}
