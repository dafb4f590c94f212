package org.gantry.watchdog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The values of one step. Terms and watched values are finite; a step with a value that is not
 * finite is a {@link FailedStep}. If a player updates several times per step, its values are those
 * of the last update.
 *
 * @param number the number of the step, from 1
 * @param terms the terms that the players minimise, without their weights, by {@code player/term}
 * @param discriminatorTerms the names of the terms that losses gave to discriminators, without the
 *     terms of regularizers
 * @param gradients the Euclidean norm of all gradients of a player, at least 0, by player; empty in
 *     most steps, because norms are measured every few steps; players without trainable parameters
 *     are left out
 * @param watched the values that components watch, by name
 */
public record StepReport(
    long number,
    Map<String, Double> terms,
    Set<String> discriminatorTerms,
    Map<String, Double> gradients,
    Map<String, Double> watched) {

  /** Copies the collections and keeps the order of the maps. */
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
