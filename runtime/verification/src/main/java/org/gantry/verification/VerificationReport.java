package org.gantry.verification;

import java.util.List;

/**
 * The results of verifying a plugin.
 *
 * @param bundle its symbolic name and version, as far as its manifest declares them
 * @param results the results of the checks, in order
 */
public record VerificationReport(String bundle, List<CheckResult> results) {

  /** The outcome of a check. */
  public enum CheckOutcome {
    /** The plugin keeps the promise. */
    KEPT,
    /** The plugin breaks the promise. */
    BROKEN,
    /** The check does not apply. */
    SKIPPED
  }

  /**
   * The result of one check.
   *
   * @param subject {@code bundle}, or a component as {@code kind/name}
   * @param promise what the check expects, such as {@code the same seed gives the same numbers}
   * @param outcome the outcome
   * @param reason why the promise is broken or the check was skipped; empty if the promise is kept
   */
  public record CheckResult(String subject, String promise, CheckOutcome outcome, String reason) {}

  /** Copies the list. */
  public VerificationReport {
    results = List.copyOf(results);
  }

  /** Counts the checks with an outcome. */
  public long count(CheckOutcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
  }
}
