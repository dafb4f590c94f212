package org.gantry.runs.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.gantry.recipes.Guard;
import org.gantry.recipes.Recipes.Change;
import org.gantry.runs.RunException;
import org.gantry.runs.internal.Health.Open;
import org.gantry.watchdog.Broken;
import org.gantry.watchdog.Finding;
import org.gantry.watchdog.Samples;
import org.gantry.watchdog.Step;
import org.gantry.watchdog.Verdict;
import org.gantry.watchdog.Watchdog;

/** A run's watchdogs, what they remember, and what they have found that still holds. */
final class Watch {

  private static final String STEPS = "steps";

  /** A finding that appeared, or that is gone. */
  record News(Guard guard, Open open, boolean appeared) {

    /** Whether something is to be done about it. */
    boolean trouble() {
      return appeared && open.trouble();
    }
  }

  private final List<Guard> guards;
  private final SortedMap<String, Map<String, Double>> memory;
  private final SortedMap<String, Integer> acted;
  private final List<Change> changes;
  private List<Open> open;
  private int made;
  private Best.Mean mean;
  private long events;

  Watch(List<Guard> guards, Health health) {
    this.guards = guards;
    memory = new TreeMap<>(health.memory());
    acted = new TreeMap<>(health.acted());
    changes = new ArrayList<>(health.changes());
    open = new ArrayList<>(health.open());
    made = health.made();
    mean = health.mean();
    events = health.events();
  }

  boolean idle() {
    return guards.isEmpty();
  }

  boolean rollsBack() {
    return guards.stream().anyMatch(Guard::rollsBack);
  }

  Health health() {
    return new Health(changes, made, events, mean, acted, memory, open);
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }

  /** Notes what a remedy changes. */
  void change(Change change) {
    changes.add(change);
  }

  /** The mean by which the best checkpoint is told. */
  Best.Mean mean() {
    return mean;
  }

  /** Sets it. */
  void mean(Best.Mean next) {
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
  int act(Guard guard) {
    return acted.merge(guard.name(), 1, Integer::sum);
  }

  /** The troubles that hold, as clauses; empty if there are none. */
  String troubles() {
    return String.join(
        "; ",
        open.stream()
            .filter(Open::trouble)
            .map(o -> o.finding().what() + " (" + o.finding().where() + ")")
            .toList());
  }

  List<News> step(Step step) {
    return look(STEPS, step.number(), (dog, remembered) -> dog.step(step, remembered));
  }

  List<News> samples(Samples samples) {
    return look(
        "samples of " + samples.role(),
        samples.step(),
        (dog, remembered) -> dog.samples(samples, remembered));
  }

  /** The first finding about a step that could not be done, by those that may go back first. */
  Optional<News> broken(Broken broken) {
    Optional<News> first = Optional.empty();
    for (Guard guard : guards) {
      Optional<Finding> finding = guard.watchdog().component().broken(broken);
      if (finding.isPresent() && (first.isEmpty() || guard.rollsBack())) {
        Open found = new Open(guard.name(), STEPS, broken.step() + 1, finding.get());
        first = Optional.of(new News(guard, found, true));
      }
    }
    return first;
  }

  private List<News> look(
      String look, long step, BiFunction<Watchdog, Map<String, Double>, Verdict> looking) {
    List<News> news = new ArrayList<>();
    for (Guard guard : guards) {
      String name = guard.name();
      Verdict verdict = verdict(guard, looking);
      memory.put(name, verdict.memory());
      List<Open> kept = new ArrayList<>();
      for (Open o : open) {
        if (!o.watchdog().equals(name)
            || !o.look().equals(look)
            || verdict.findings().stream().anyMatch(f -> same(f, o.finding()))) {
          kept.add(o);
        } else {
          news.add(new News(guard, o, false));
        }
      }
      for (Finding finding : verdict.findings()) {
        boolean known =
            kept.stream()
                .anyMatch(
                    o ->
                        o.watchdog().equals(name)
                            && o.look().equals(look)
                            && same(finding, o.finding()));
        if (!known) {
          Open appeared = new Open(name, look, step, finding);
          kept.add(appeared);
          news.add(new News(guard, appeared, true));
        }
      }
      open = kept;
    }
    return news;
  }

  private Verdict verdict(Guard guard, BiFunction<Watchdog, Map<String, Double>, Verdict> looking) {
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

  private static boolean same(Finding one, Finding other) {
    return one.severity() == other.severity()
        && one.what().equals(other.what())
        && one.where().equals(other.where());
  }
}
