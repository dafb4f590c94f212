package org.gantry.runs.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.training.StepTimer.StepPart;

/**
 * How fast a recipe trains, without pictures, checkpoints, watchdogs and metrics.
 *
 * @param rates steps per second, in several rounds, in rising order
 * @param processor the processor time of a step in these rounds
 * @param threads the number of threads of the engine
 * @param peakBytes the most memory that the process had so far; 0 if the system does not report it
 * @param networks how each network is computed, by role
 * @param measuredSteps the number of steps in which the parts were measured
 * @param nanoseconds the time of these steps
 * @param parts the time of each part in these steps, in nanoseconds, in the order of a step; what
 *     is missing from the whole is the time of the loop itself
 */
public record StepMeasurement(
    List<Double> rates,
    ProcessorTime processor,
    int threads,
    long peakBytes,
    Map<String, String> networks,
    int measuredSteps,
    long nanoseconds,
    Map<StepPart, Long> parts) {

  /** Copies the collections. */
  public StepMeasurement {
    rates = List.copyOf(rates);
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** The median of the rates, in steps per second. */
  public double medianRate() {
    return rates.get(rates.size() / 2);
  }

  /** The time of the loop itself, in nanoseconds. */
  public long otherNanoseconds() {
    return nanoseconds - parts.values().stream().mapToLong(Long::longValue).sum();
  }
}
