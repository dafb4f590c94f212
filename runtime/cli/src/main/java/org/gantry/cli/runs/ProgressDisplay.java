package org.gantry.cli.runs;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.gantry.cli.console.AnsiStyle;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.NumberText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.runs.EvaluationResult;
import org.gantry.watchdog.WatchdogFinding;

/**
 * Shows the progress of a training: on a terminal, in one line that is rewritten; elsewhere, in a
 * new line every few seconds.
 */
public final class ProgressDisplay implements TrainingView {

  private static final double LIVE_EVERY = 0.1;
  private static final double PLAIN_EVERY = 10;

  private final Console console;
  private final String announcement;
  private final Consumer<ComposedRecipe> changes;
  private final RewrittenLine line;
  private final StepRate rate = new StepRate();
  private double shownAt = Double.NEGATIVE_INFINITY;
  private ProgressText latest;
  private long behind;
  private Map<String, Double> figures = Map.of();
  private int evaluationCount;
  private double evaluationSeconds;

  /**
   * Creates a display.
   *
   * @param announcement the first line, before the number of steps
   * @param changes receives the recipe after each change
   */
  public ProgressDisplay(Console console, String announcement, Consumer<ComposedRecipe> changes) {
    this.changes = changes;
    this.console = console;
    line = new RewrittenLine(console);
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
  }

  @Override
  public void stepDone(long step, long steps, double seconds, Map<String, Double> values) {
    rate.record(step, seconds);
    latest = new ProgressText(step, steps, rate.perSecond(), values, figures);
    double pause = console.terminal().live() ? LIVE_EVERY : PLAIN_EVERY;
    if (step == steps || seconds - shownAt >= pause) {
      shownAt = seconds;
      show();
    }
  }

  /** Tells the cost of the first evaluation, and keeps the first figure of each metric. */
  @Override
  public void evaluated(EvaluationResult result) {
    Map<String, Double> first = new LinkedHashMap<>();
    Set<String> metrics = new HashSet<>();
    result
        .figures()
        .forEach(
            (name, value) -> {
              if (metrics.add(name.substring(0, name.lastIndexOf('/')))) {
                first.put(name, value);
              }
            });
    figures = first;
    if (evaluationCount == 0) {
      printLine(
          "note: each evaluation of the metrics takes about %s for %d samples"
              .formatted(NumberText.duration(result.seconds()), result.count()));
      result
          .tooFew()
          .forEach(
              (metric, least) ->
                  printLine(
                      "note: %s needs at least %d samples; set train.evaluate-samples"
                          .formatted(metric, least)));
    }
    evaluationCount++;
    evaluationSeconds += result.seconds();
  }

  @Override
  public String evaluationCost() {
    return evaluationCount == 0
        ? ""
        : ", %s of it in %s"
            .formatted(
                NumberText.duration(evaluationSeconds),
                evaluationCount == 1 ? "an evaluation" : evaluationCount + " evaluations");
  }

  @Override
  public void findingChanged(
      long step, String watchdog, WatchdogFinding finding, boolean appeared, List<String> done) {
    boolean colour = console.terminal().errorColour();
    boolean trouble = finding.severity() == WatchdogFinding.Severity.TROUBLE;
    String head =
        appeared
            ? trouble ? AnsiStyle.WARNING.apply("trouble:", colour) + " at" : "note: at"
            : AnsiStyle.FIX.apply("over", colour) + " since";
    printLine(
        "%s step %d, %s: %s%s"
            .formatted(
                head,
                step,
                finding.subject(),
                finding.problem(),
                appeared ? " (" + finding.evidence() + ")" : ""));
    if (appeared && done.isEmpty()) {
      printLine("  " + AnsiStyle.FIX.apply("fix:", colour) + " " + finding.advice());
    } else if (appeared) {
      printLine("  done: " + String.join("; ", done));
    }
  }

  @Override
  public void rolledBack(long from, long to) {
    printLine(
        "    done: rolled back from step %d to step %d, and continues with other random draws"
            .formatted(from, to));
    shownAt = Double.NEGATIVE_INFINITY;
    latest = null;
  }

  @Override
  public void recipeChanged(
      long step, Recipes.Change change, List<String> notTransferred, ComposedRecipe now) {
    changes.accept(now);
    printLine("changed after step %d: %s".formatted(step, change));
    notTransferred.forEach(clause -> printLine("  note: " + clause));
  }

  /** Prints a line that stays. */
  private void printLine(String text) {
    line.clear();
    console.err().println(text);
  }

  private void show() {
    if (console.terminal().live()) {
      line.show(latest.liveLine(console.terminal().width()));
    } else {
      console.err().println(latest.logLine());
    }
    latest = null;
  }

  /** Shows the last step and ends the line. */
  @Override
  public void end() {
    if (latest != null) {
      show();
    }
    line.end();
  }
}
