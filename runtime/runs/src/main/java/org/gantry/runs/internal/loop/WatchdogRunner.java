package org.gantry.runs.internal.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.WatchdogRule;
import org.gantry.runs.RunException;
import org.gantry.runs.internal.store.BestCheckpoint.ReportedMean;
import org.gantry.runs.internal.store.FigureProgress;
import org.gantry.runs.internal.store.TrainingHealth;
import org.gantry.runs.internal.store.TrainingHealth.OpenFinding;
import org.gantry.watchdog.FailedStep;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogResult;

/** Runs the watchdogs of a recipe. Keeps their memory and their open findings. */
final class WatchdogRunner {

  /** The interval at which watchdogs see gradient norms, in steps, because these cost time. */
  static final long MEASURE_EVERY = 10;

  private static final String STEPS = "steps";

  /** A finding that appeared or disappeared. */
  record FindingEvent(WatchdogRule rule, OpenFinding open, boolean appeared) {

    /** Whether the finding is new trouble, so that remedies apply. */
    boolean isNewTrouble() {
      return appeared && open.isTrouble();
    }
  }

  private final List<WatchdogRule> rules;
  private final SortedMap<String, Map<String, Double>> memory;
  private final SortedMap<String, Integer> remedyCounts;
  private final List<OpenFinding> openFindings;

  WatchdogRunner(List<WatchdogRule> rules, TrainingHealth health) {
    this.rules = rules;
    memory = new TreeMap<>(health.memory());
    remedyCounts = new TreeMap<>(health.remedyCounts());
    openFindings = new ArrayList<>(health.openFindings());
  }

  /** Whether the recipe has no watchdogs. */
  boolean isEmpty() {
    return rules.isEmpty();
  }

  /** Whether a watchdog may roll the training back. */
  boolean mayRollBack() {
    return rules.stream().anyMatch(WatchdogRule::rollsBack);
  }

  /** The health of the training with the memory and the findings of the watchdogs. */
  TrainingHealth health(
      List<Change> changes,
      int scheduledDone,
      long eventCount,
      ReportedMean mean,
      FigureProgress progress) {
    return new TrainingHealth(
        changes, scheduledDone, eventCount, mean, progress, remedyCounts, memory, openFindings);
  }

  /** Clears the memory of all watchdogs. */
  void forget() {
    memory.clear();
  }

  /** Counts an application of the remedies of a watchdog; returns how many there were. */
  int countRemedy(WatchdogRule rule) {
    return remedyCounts.merge(rule.name(), 1, Integer::sum);
  }

  /** The open findings that are trouble, as clauses; empty if there are none. */
  String troubleText() {
    return String.join(
        "; ",
        openFindings.stream()
            .filter(OpenFinding::isTrouble)
            .map(o -> o.finding().problem() + " (" + o.finding().subject() + ")")
            .toList());
  }

  /**
   * Shows a completed step, and samples when they are due, to all watchdogs.
   *
   * @return the findings that appeared or disappeared
   */
  List<FindingEvent> inspect(TrainingState state, Learner learner, Map<String, Double> values) {
    List<FindingEvent> events = new ArrayList<>();
    if (rules.isEmpty()) {
      return events;
    }
    // Gradient norms that only the metrics need are hidden; else log-every would change findings.
    Map<String, Double> gradients = state.isDue(MEASURE_EVERY) ? learner.gradients() : Map.of();
    StepReport step = learner.describe(state.step(), values, gradients);
    events.addAll(
        check(STEPS, step.number(), (watchdog, memory) -> watchdog.inspectStep(step, memory)));
    if (state.isDue(state.settings().watchEvery())) {
      learner.showSamples(
          samples ->
              events.addAll(
                  check(
                      "samples of " + samples.role(),
                      samples.step(),
                      (watchdog, memory) -> watchdog.inspectSamples(samples, memory))));
    }
    return events;
  }

  /**
   * Shows a step that diverged to all watchdogs.
   *
   * @return the first finding, preferably of a watchdog that may roll the training back
   */
  Optional<FindingEvent> inspectFailure(FailedStep failedStep) {
    Optional<FindingEvent> first = Optional.empty();
    for (WatchdogRule rule : rules) {
      Optional<WatchdogFinding> finding = rule.watchdog().component().inspectFailure(failedStep);
      if (finding.isPresent() && (first.isEmpty() || rule.rollsBack())) {
        OpenFinding open =
            new OpenFinding(rule.name(), STEPS, failedStep.step() + 1, finding.get());
        first = Optional.of(new FindingEvent(rule, open, true));
      }
    }
    return first;
  }

  private List<FindingEvent> check(
      String look, long step, BiFunction<Watchdog, Map<String, Double>, WatchdogResult> inspect) {
    List<FindingEvent> events = new ArrayList<>();
    for (WatchdogRule rule : rules) {
      WatchdogResult result = result(rule, inspect);
      memory.put(rule.name(), result.memory());
      for (OpenFinding open : List.copyOf(openFindings)) {
        if (open.isFrom(rule.name(), look)
            && result.findings().stream().noneMatch(open::hasSameProblem)) {
          openFindings.remove(open);
          events.add(new FindingEvent(rule, open, false));
        }
      }
      for (WatchdogFinding finding : result.findings()) {
        if (openFindings.stream()
            .noneMatch(o -> o.isFrom(rule.name(), look) && o.hasSameProblem(finding))) {
          OpenFinding appeared = new OpenFinding(rule.name(), look, step, finding);
          openFindings.add(appeared);
          events.add(new FindingEvent(rule, appeared, true));
        }
      }
    }
    return events;
  }

  private WatchdogResult result(
      WatchdogRule rule, BiFunction<Watchdog, Map<String, Double>, WatchdogResult> inspect) {
    try {
      return inspect.apply(rule.watchdog().component(), memory.getOrDefault(rule.name(), Map.of()));
    } catch (RuntimeException e) {
      throw new RunException(
          "%s (%s) failed: %s"
              .formatted(rule.watchdog().origin().label(), rule.watchdog().origin().bundle(), e),
          e);
    }
  }
}
