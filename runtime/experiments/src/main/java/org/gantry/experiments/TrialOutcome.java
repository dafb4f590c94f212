package org.gantry.experiments;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of one training.
 *
 * @param variant the label of its variant
 * @param point the name of its point
 * @param seed its seed
 * @param values by metric; NaN where there is none
 * @param steps the steps done
 * @param seconds the time spent training
 * @param failure why it failed, as a sentence; else empty
 */
public record TrialOutcome(
    String variant,
    String point,
    long seed,
    Map<String, Double> values,
    long steps,
    double seconds,
    String failure) {

  /** Copies the map, in its order. */
  public TrialOutcome {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
