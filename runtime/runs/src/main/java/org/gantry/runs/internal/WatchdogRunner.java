package org.gantry.runs.internal;

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
import org.gantry.runs.internal.TrainingHealth.OpenFinding;
import org.gantry.watchdog.FailedStep;
import org.gantry.watchdog.SampleBatch;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogResult;

/** A run's watchdogs, what they remember, and what they have found that still holds. */
final class WatchdogRunner {

  private static final String STEPS = "steps";

  /** A finding that appeared, or that is gone. */
  record FindingEvent(WatchdogRule guard, OpenFinding open, boolean appeared) {

    /** Whether something is to be done about it. */
    boolean trouble() {
      return appeared && open.trouble();
    }
  }

  private final List<WatchdogRule> guards;
  private final SortedMap<String, Map<String, Double>> memory;
  private final SortedMap<String, Integer> acted;
  private final List<Change> changes;
  private List<OpenFinding> open;
  private int made;
  private BestCheckpoint.ReportedMean mean;
  private long events;

  WatchdogRunner(List<WatchdogRule> guards, TrainingHealth health) {
    this.guards = guards;
    memory = new TreeMap<>(health.memory());
    acted = new TreeMap<>(health.remedyCounts());
    changes = new ArrayList<>(health.changes());
    open = new ArrayList<>(health.openFindings());
    made = health.scheduledDone();
    mean = health.mean();
    events = health.eventCount();
  }

  boolean isEmpty() {
    return guards.isEmpty();
  }

  boolean rollsBack() {
    return guards.stream().anyMatch(WatchdogRule::rollsBack);
  }

  TrainingHealth health() {
    return new TrainingHealth(changes, made, events, mean, acted, memory, open);
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }

  /** Notes what a remedy changes. */
  void change(Change change) {
    changes.add(change);
  }

  /** The mean by which the best checkpoint is told. */
  BestCheckpoint.ReportedMean mean() {
    return mean;
  }

  /** Sets it. */
  void mean(BestCheckpoint.ReportedMean next) {
    mean = next;
  }

  /** How many of the recipe's own changes were made. */
  int made() {
    return made;
  }

  /** Notes that one more was; what watchdogs remember is of another game, and they begin anew. */
  void make(Change change) {
    changes.add(change);
    made++;
    memory.clear();
  }

  /** The number of the next line of history. */
  long nextEvent() {
    return ++events;
  }

  /** Counts one more time that a watchdog has its remedies applied. */
  int countRemedy(WatchdogRule guard) {
    return acted.merge(guard.name(), 1, Integer::sum);
  }

  /** The troubles that hold, as clauses; empty if there are none. */
  String troubleText() {
    return String.join(
        "; ",
        open.stream()
            .filter(OpenFinding::trouble)
            .map(o -> o.finding().problem() + " (" + o.finding().subject() + ")")
            .toList());
  }

  List<FindingEvent> checkStep(StepReport step) {
    return look(STEPS, step.number(), (dog, remembered) -> dog.inspectStep(step, remembered));
  }

  List<FindingEvent> checkSamples(SampleBatch samples) {
    return look(
        "samples of " + samples.role(),
        samples.step(),
        (dog, remembered) -> dog.inspectSamples(samples, remembered));
  }

  /** The first finding about a step that could not be done, by those that may go back first. */
  Optional<FindingEvent> checkBrokenStep(FailedStep broken) {
    Optional<FindingEvent> first = Optional.empty();
    for (WatchdogRule guard : guards) {
      Optional<WatchdogFinding> finding = guard.watchdog().component().inspectFailure(broken);
      if (finding.isPresent() && (first.isEmpty() || guard.rollsBack())) {
        OpenFinding found = new OpenFinding(guard.name(), STEPS, broken.step() + 1, finding.get());
        first = Optional.of(new FindingEvent(guard, found, true));
      }
    }
    return first;
  }

  private List<FindingEvent> look(
      String look, long step, BiFunction<Watchdog, Map<String, Double>, WatchdogResult> looking) {
    List<FindingEvent> news = new ArrayList<>();
    for (WatchdogRule guard : guards) {
      String name = guard.name();
      WatchdogResult verdict = verdict(guard, looking);
      memory.put(name, verdict.memory());
      List<OpenFinding> kept = new ArrayList<>();
      for (OpenFinding o : open) {
        if (!o.watchdog().equals(name)
            || !o.look().equals(look)
            || verdict.findings().stream().anyMatch(f -> same(f, o.finding()))) {
          kept.add(o);
        } else {
          news.add(new FindingEvent(guard, o, false));
        }
      }
      for (WatchdogFinding finding : verdict.findings()) {
        boolean known =
            kept.stream()
                .anyMatch(
                    o ->
                        o.watchdog().equals(name)
                            && o.look().equals(look)
                            && same(finding, o.finding()));
        if (!known) {
          OpenFinding appeared = new OpenFinding(name, look, step, finding);
          kept.add(appeared);
          news.add(new FindingEvent(guard, appeared, true));
        }
      }
      open = kept;
    }
    return news;
  }

  private WatchdogResult verdict(
      WatchdogRule guard, BiFunction<Watchdog, Map<String, Double>, WatchdogResult> looking) {
    try {
      return looking.apply(
          guard.watchdog().component(), memory.getOrDefault(guard.name(), Map.of()));
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

  private static boolean same(WatchdogFinding one, WatchdogFinding other) {
    return one.severity() == other.severity()
        && one.problem().equals(other.problem())
        && one.subject().equals(other.subject());
  }
}
