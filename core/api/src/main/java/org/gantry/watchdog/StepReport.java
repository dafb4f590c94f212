package org.gantry.watchdog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one step gave. Terms and watched values are finite: a training with one that is not has
 * ended before. Where a player updates several times a step, its figures are of the last update.
 *
 * @param number the steps done, from 1
 * @param terms what the players minimise, before weighting, by {@code player/term}
 * @param discriminatorTerms those of the terms that a loss gave to the player of a pair's
 *     discriminator: what the discriminators play for, without what regularizers add
 * @param gradients the Euclidean norm of all of a player's gradients together, at least 0, by
 *     player; a player who trains nothing is not there. They are measured every few steps; at all
 *     others this is empty.
 * @param watched the values that components watch, by name
 */
public record StepReport(
    long number,
    Map<String, Double> terms,
    Set<String> discriminatorTerms,
    Map<String, Double> gradients,
    Map<String, Double> watched) {

  /** Copies, and keeps the order of the maps. */
  public StepReport {
    terms = ordered(terms);
    discriminatorTerms = Set.copyOf(discriminatorTerms);
    gradients = ordered(gradients);
    watched = ordered(watched);
  }

  private static Map<String, Double> ordered(Map<String, Double> values) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
