package org.gantry.cli.runs;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.gantry.cli.console.AnsiStyle;
import org.gantry.cli.console.Console;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.runs.TrainingListener;
import org.gantry.watchdog.WatchdogFinding;

/**
 * Shows the progress of a training: on a terminal, in one line that is rewritten; elsewhere, in a
 * new line every few seconds.
 */
public final class ProgressDisplay implements TrainingListener {

  private static final double LIVE_EVERY = 0.1;
  private static final double PLAIN_EVERY = 10;

  /**
   * Returns to the first column and disables line wrapping, in case the terminal has become
   * narrower.
   */
  private static final String BEGIN = "\r\u001b[?7l";

  /** Clears the rest of the line and enables line wrapping. */
  private static final String END = "\u001b[K\u001b[?7h";

  private final Console console;
  private final String announcement;
  private final Consumer<ComposedRecipe> changes;
  private final StepRate rate = new StepRate();
  private double shownAt = Double.NEGATIVE_INFINITY;
  private ProgressText latest;
  private long behind = -1;
  private boolean open;

  /**
   * Creates a display.
   *
   * @param announcement the first line, before the number of steps
   * @param changes receives the recipe after each change
   */
  public ProgressDisplay(Console console, String announcement, Consumer<ComposedRecipe> changes) {
    this.changes = changes;
    this.console = console;
    this.announcement = announcement;
  }

  @Override
  public void resumed(long step) {
    behind = step;
  }

  @Override
  public void started(long steps, int threads) {
    console
        .err()
        .printf(
            "%s%s: %d steps, %s%n",
            announcement,
            behind > 0 ? " after step " + behind : "",
            steps,
            threads == 1 ? "1 thread" : threads + " threads");
    if (behind < 0) {
      // For a continued run, the first step brings the time at which it starts.
      rate.record(0, 0);
    }
  }

  @Override
  public void stepDone(long step, long steps, double seconds, Map<String, Double> values) {
    rate.record(step, seconds);
    latest = new ProgressText(step, steps, rate.perSecond(), values);
    double pause = console.terminal().live() ? LIVE_EVERY : PLAIN_EVERY;
    if (step == steps || seconds - shownAt >= pause) {
      shownAt = seconds;
      show();
    }
  }

  @Override
  public void findingChanged(
      long step, String watchdog, WatchdogFinding finding, boolean appeared, List<String> done) {
    boolean colour = console.terminal().errorColour();
    boolean trouble = finding.severity() == WatchdogFinding.Severity.TROUBLE;
    String head =
        appeared
            ? trouble ? AnsiStyle.WARNING.apply("trouble:", colour) : "note:"
            : AnsiStyle.FIX.apply("over:", colour);
    line(
        "%s at step %d, %s: %s%s"
            .formatted(
                head,
                step,
                finding.subject(),
                finding.problem(),
                appeared ? " (" + finding.evidence() + ")" : ""));
    if (appeared && done.isEmpty()) {
      line("  " + AnsiStyle.FIX.apply("fix:", colour) + " " + finding.advice());
    } else if (appeared) {
      line("  done: " + String.join("; ", done));
    }
  }

  @Override
  public void rolledBack(long from, long to) {
    line(
        "    done: rolled back from step %d to step %d, and continues with other random draws"
            .formatted(from, to));
    shownAt = Double.NEGATIVE_INFINITY;
    latest = null;
  }

  @Override
  public void recipeChanged(
      long step, Recipes.Change change, List<String> notTransferred, ComposedRecipe now) {
    changes.accept(now);
    line("changed after step %d: %s".formatted(step, change));
    notTransferred.forEach(clause -> line("  note: " + clause));
  }

  /** Prints a line that stays. */
  private void line(String text) {
    if (open) {
      console.err().print(BEGIN + END);
      open = false;
    }
    console.err().println(text);
  }

  private void show() {
    if (console.terminal().live()) {
      rewrite(latest.liveLine(console.terminal().width()));
    } else {
      console.err().println(latest.logLine());
    }
    latest = null;
  }

  private void rewrite(String line) {
    console.err().print(BEGIN + line + END);
    console.err().flush();
    open = true;
  }

  /** Shows the last step and ends the line. */
  public void end() {
    if (latest != null) {
      show();
    }
    if (open) {
      console.err().println();
      open = false;
    }
  }
}
