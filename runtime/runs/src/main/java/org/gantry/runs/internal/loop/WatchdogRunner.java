package org.gantry.runs.internal.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.gantry.recipes.WatchdogRule;
import org.gantry.runs.RunException;
import org.gantry.runs.internal.store.TrainingHealth;
import org.gantry.runs.internal.store.TrainingHealth.OpenFinding;
import org.gantry.watchdog.FailedStep;
import org.gantry.watchdog.SampleBatch;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogResult;

/** Runs the watchdogs of a recipe. Keeps their memory and their open findings. */
final class WatchdogRunner {

  private static final String STEPS = "steps";

  /** A finding that appeared or disappeared. */
  record FindingEvent(WatchdogRule guard, OpenFinding open, boolean appeared) {

    /** Whether the finding is new trouble, so that remedies apply. */
    boolean isNewTrouble() {
      return appeared && open.isTrouble();
    }
  }

  private final List<WatchdogRule> guards;
  private final SortedMap<String, Map<String, Double>> memory;
  private final SortedMap<String, Integer> remedyCounts;
  private List<OpenFinding> openFindings;

  WatchdogRunner(List<WatchdogRule> guards, TrainingHealth health) {
    this.guards = guards;
    memory = new TreeMap<>(health.memory());
    remedyCounts = new TreeMap<>(health.remedyCounts());
    openFindings = new ArrayList<>(health.openFindings());
  }

  /** Whether the recipe has no watchdogs. */
  boolean isEmpty() {
    return guards.isEmpty();
  }

  /** Whether a watchdog may roll the training back. */
  boolean mayRollBack() {
    return guards.stream().anyMatch(WatchdogRule::rollsBack);
  }

  SortedMap<String, Map<String, Double>> memory() {
    return memory;
  }

  SortedMap<String, Integer> remedyCounts() {
    return remedyCounts;
  }

  List<OpenFinding> openFindings() {
    return openFindings;
  }

  /** Clears the memory of all watchdogs. */
  void forget() {
    memory.clear();
  }

  /** Counts an application of the remedies of a watchdog; returns how many there were. */
  int countRemedy(WatchdogRule guard) {
    return remedyCounts.merge(guard.name(), 1, Integer::sum);
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

  /** Shows a step to all watchdogs; returns the findings that changed. */
  List<FindingEvent> checkStep(StepReport step) {
    return check(STEPS, step.number(), (dog, remembered) -> dog.inspectStep(step, remembered));
  }

  /** Shows samples of a network to all watchdogs; returns the findings that changed. */
  List<FindingEvent> checkSamples(SampleBatch samples) {
    return check(
        "samples of " + samples.role(),
        samples.step(),
        (dog, remembered) -> dog.inspectSamples(samples, remembered));
  }

  /**
   * Shows a step that diverged to all watchdogs.
   *
   * @return the first finding, preferably of a watchdog that may roll the training back
   */
  Optional<FindingEvent> checkBrokenStep(FailedStep broken) {
    Optional<FindingEvent> first = Optional.empty();
    for (WatchdogRule guard : guards) {
      Optional<WatchdogFinding> finding = guard.watchdog().component().inspectFailure(broken);
      if (finding.isPresent() && (first.isEmpty() || guard.rollsBack())) {
        OpenFinding open = new OpenFinding(guard.name(), STEPS, broken.step() + 1, finding.get());
        first = Optional.of(new FindingEvent(guard, open, true));
      }
    }
    return first;
  }

  private List<FindingEvent> check(
      String look, long step, BiFunction<Watchdog, Map<String, Double>, WatchdogResult> check) {
    List<FindingEvent> events = new ArrayList<>();
    for (WatchdogRule guard : guards) {
      String name = guard.name();
      WatchdogResult verdict = verdict(guard, check);
      memory.put(name, verdict.memory());
      List<OpenFinding> stillOpen = new ArrayList<>();
      for (OpenFinding open : openFindings) {
        if (!open.watchdog().equals(name)
            || !open.look().equals(look)
            || verdict.findings().stream().anyMatch(f -> isSame(f, open.finding()))) {
          stillOpen.add(open);
        } else {
          events.add(new FindingEvent(guard, open, false));
        }
      }
      for (WatchdogFinding finding : verdict.findings()) {
        boolean known =
            stillOpen.stream()
                .anyMatch(
                    o ->
                        o.watchdog().equals(name)
                            && o.look().equals(look)
                            && isSame(finding, o.finding()));
        if (!known) {
          OpenFinding appeared = new OpenFinding(name, look, step, finding);
          stillOpen.add(appeared);
          events.add(new FindingEvent(guard, appeared, true));
        }
      }
      openFindings = stillOpen;
    }
    return events;
  }

  private WatchdogResult verdict(
      WatchdogRule guard, BiFunction<Watchdog, Map<String, Double>, WatchdogResult> check) {
    try {
      return check.apply(guard.watchdog().component(), memory.getOrDefault(guard.name(), Map.of()));
    } catch (RuntimeException e) {
      throw new RunException(
          guard.watchdog().origin().label()
              + " ("
              + guard.watchdog().origin().bundle()
              + ") failed: "
              + e,
          e);
    }
  }

  private static boolean isSame(WatchdogFinding one, WatchdogFinding other) {
    return one.severity() == other.severity()
        && one.problem().equals(other.problem())
        && one.subject().equals(other.subject());
  }
}
