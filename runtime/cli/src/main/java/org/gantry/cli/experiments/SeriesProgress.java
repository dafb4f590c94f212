package org.gantry.cli.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.NumberText;
import org.gantry.cli.runs.ProgressDisplay;
import org.gantry.cli.runs.SideBySideDisplay;
import org.gantry.experiments.TrialOutcome;
import org.gantry.experiments.TrialSeries.ExperimentTrial;
import org.gantry.experiments.TrialSeries.SeriesListener;
import org.gantry.runs.TrainingListener;

/**
 * Shows a single running training like 'train', and several in one line; prints a line for each
 * finished one.
 */
final class SeriesProgress implements SeriesListener {

  private final Console console;
  private final int trainings;
  private final boolean sideBySide;
  private final Consumer<List<TrialOutcome>> save;
  private final SideBySideDisplay several;
  private final long begun = System.nanoTime();
  private int left;
  private int over;
  private ProgressDisplay single;

  /**
   * Creates a display.
   *
   * @param trainings the number of trainings of the series
   * @param left the number of them that are not finished
   * @param parallel the number of trainings side by side
   * @param save receives all outcomes after each training
   */
  SeriesProgress(
      Console console, int trainings, int left, int parallel, Consumer<List<TrialOutcome>> save) {
    this.console = console;
    this.trainings = trainings;
    this.left = left;
    this.sideBySide = Math.min(parallel, left) > 1;
    this.save = save;
    this.several = new SideBySideDisplay(console);
  }

  @Override
  public TrainingListener trialStarted(ExperimentTrial trial, Path run, int number) {
    if (sideBySide) {
      return several.add(trial.label());
    }
    end();
    String which = "%s (%d of %d)".formatted(trial.label(), number, trainings);
    single = new ProgressDisplay(console, which, changed -> {});
    return single;
  }

  @Override
  public void trialFinished(TrialOutcome outcome, List<TrialOutcome> results) {
    String label = "%s, seed %d".formatted(outcome.point(), outcome.seed());
    end();
    several.remove(label);
    left--;
    over++;
    String values =
        outcome.failure().isEmpty()
            ? outcome.values().entrySet().stream()
                .map(e -> e.getKey() + " " + NumberText.figure(e.getValue()))
                .collect(Collectors.joining(", "))
            : "failed: " + outcome.failure();
    several.print(label + ": " + values + remaining());
    save.accept(results);
  }

  /** The number of remaining trainings with their time; empty at the end. */
  private String remaining() {
    double seconds = (System.nanoTime() - begun) / 1e9;
    return left == 0
        ? ""
        : "; %d left, about %s".formatted(left, NumberText.duration(seconds / over * left));
  }

  /** Ends the line of the running trainings. */
  void end() {
    several.end();
    if (single != null) {
      single.end();
      single = null;
    }
  }
}
