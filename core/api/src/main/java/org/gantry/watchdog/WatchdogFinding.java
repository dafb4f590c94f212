package org.gantry.watchdog;

/**
 * A problem that a watchdog detected. Two findings of a watchdog are the same finding if they have
 * the same severity, problem and subject. Their evidence may differ.
 *
 * @param severity how bad the problem is
 * @param problem the problem, as a clause without numbers, such as {@code the gradient explodes}
 * @param subject the player, term, network or watched value with the problem, such as {@code
 *     generator}
 * @param evidence the measured values, such as {@code norm 3200, 150 times its recent level}
 * @param advice what the user can do, as an imperative clause, such as {@code lower the learning
 *     rate}
 */
public record WatchdogFinding(
    Severity severity, String problem, String subject, String evidence, String advice) {

  /** How bad a problem is. */
  public enum Severity {
    /** Worth knowing, but no reason to act. */
    NOTE,
    /** The training is unlikely to recover by itself. */
    TROUBLE
  }
}
