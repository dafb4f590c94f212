package org.gantry.verification;

import java.util.List;

/**
 * What was found out about a plugin.
 *
 * @param bundle its symbolic name and version, or what is known of them
 * @param results in the order in which they were tried
 */
public record VerificationReport(String bundle, List<CheckResult> results) {

  /** How it went with a promise. */
  public enum CheckOutcome {
    /** It is kept. */
    KEPT,
    /** It is not. */
    BROKEN,
    /** It could not be tried. */
    SKIPPED
  }

  /**
   * One promise.
   *
   * @param subject {@code bundle}, or the component as {@code kind/name}
   * @param promise a sentence, such as {@code the same seed gives the same numbers}
   * @param outcome how it went
   * @param reason why it is broken or was not tried; empty if it is kept
   */
  public record CheckResult(String subject, String promise, CheckOutcome outcome, String reason) {}

  /** Copies the list. */
  public VerificationReport {
    results = List.copyOf(results);
  }

  /** How many promises went so. */
  public long count(CheckOutcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
  }
}
