package org.gantry.experiments;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of one training.
 *
 * @param variant the label of its variant
 * @param point the name of its point
 * @param seed its seed
 * @param values by metric; NaN for a missing value
 * @param steps the number of completed steps
 * @param seconds the training time
 * @param failure why it failed, as a sentence; empty if it succeeded
 * @param remarks why values mean nothing, by metric
 */
public record TrialOutcome(
    String variant,
    String point,
    long seed,
    Map<String, Double> values,
    long steps,
    double seconds,
    String failure,
    List<String> remarks) {

  /** Copies the map, in its order. */
  public TrialOutcome {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    remarks = List.copyOf(remarks);
  }
}
