package org.gantry.cli.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gantry.experiments.ExperimentResults;
import org.gantry.experiments.ResultsPage;
import org.gantry.experiments.SweepRanking;
import org.gantry.experiments.TrialOutcome;
import org.gantry.experiments.TrialSeries;

/**
 * Writes the results of a sweep.
 *
 * @param series its trainings
 * @param ranking the order of its combinations
 * @param command the command line that repeats it
 */
record SweepFiles(TrialSeries series, SweepRanking ranking, String command) {

  /** The results with the best combination first. */
  ExperimentResults results(List<TrialOutcome> outcomes) {
    return ranking.ranked(
        new ExperimentResults(series.experiment(), outcomes, series.trials().size()));
  }

  /** Writes the results as JSON. */
  void writeJson(List<TrialOutcome> outcomes) {
    files().write("json", ranking.json(results(outcomes), command));
  }

  /** Writes the results as JSON, as a picture and as a page; returns the page. */
  Path write(ExperimentResults results) {
    writeJson(results.outcomes());
    Optional<String> picture =
        files().writePicture(series, results).map(file -> file.getFileName().toString());
    files().write("md", ResultsPage.ofSweep(results, command, picture));
    return files().file("md");
  }

  private ResultFiles files() {
    return new ResultFiles(series.folder(), series.experiment().name());
  }
}
