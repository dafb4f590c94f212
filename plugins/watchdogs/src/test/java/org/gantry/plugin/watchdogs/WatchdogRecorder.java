package org.gantry.plugin.watchdogs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogResult;

/** The steps of a training, from 1, and the findings of a watchdog. */
record WatchdogRecorder(List<StepReport> steps) {

  private static WatchdogRecorder of(int count, IntFunction<StepReport> step) {
    return new WatchdogRecorder(IntStream.rangeClosed(1, count).mapToObj(step).toList());
  }

  /** A training with one adversarial term of a discriminator. */
  static WatchdogRecorder ofTerm(int count, IntToDoubleFunction term) {
    String name = "discriminator/adversarial";
    return of(
        count,
        n ->
            new StepReport(
                n, Map.of(name, term.applyAsDouble(n)), Set.of(name), Map.of(), Map.of()));
  }

  /** A training with the gradient of one player. */
  static WatchdogRecorder ofGradient(int count, IntToDoubleFunction norm) {
    return of(
        count,
        n ->
            new StepReport(
                n, Map.of(), Set.of(), Map.of("generator", norm.applyAsDouble(n)), Map.of()));
  }

  /** The same training with gradients that are measured at an interval. */
  WatchdogRecorder measuredEvery(int interval) {
    return new WatchdogRecorder(
        steps.stream()
            .map(
                step ->
                    step.number() % interval == 0
                        ? step
                        : new StepReport(
                            step.number(),
                            step.terms(),
                            step.discriminatorTerms(),
                            Map.of(),
                            step.watched()))
            .toList());
  }

  /** A training with one watched value. */
  static WatchdogRecorder ofWatched(int count, String name, IntToDoubleFunction value) {
    return of(
        count,
        n -> new StepReport(n, Map.of(), Set.of(), Map.of(), Map.of(name, value.applyAsDouble(n))));
  }

  /** The findings by step, without steps without findings. */
  SortedMap<Long, List<WatchdogFinding>> findings(Watchdog watchdog) {
    SortedMap<Long, List<WatchdogFinding>> findings = new TreeMap<>();
    Map<String, Double> memory = Map.of();
    for (StepReport step : steps) {
      WatchdogResult verdict = watchdog.inspectStep(step, memory);
      memory = verdict.memory();
      if (!verdict.findings().isEmpty()) {
        findings.put(step.number(), verdict.findings());
      }
    }
    return findings;
  }

  /** The first step at which exactly this is found. */
  Optional<Long> first(Watchdog watchdog, String what) {
    return findings(watchdog).entrySet().stream()
        .filter(e -> e.getValue().stream().anyMatch(f -> f.problem().equals(what)))
        .map(e -> e.getKey())
        .findFirst();
  }
}
