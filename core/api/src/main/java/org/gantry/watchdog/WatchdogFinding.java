package org.gantry.watchdog;

/**
 * Something that a watchdog found. Findings of a watchdog that agree in severity, what and where
 * are one and the same, seen again; the evidence may differ.
 *
 * @param severity whether to act
 * @param problem what is the case, as a clause without figures, such as {@code the gradient
 *     explodes}
 * @param subject the player, term, network or watched value that it is about, such as {@code
 *     generator}
 * @param evidence the figures behind it, such as {@code norm 3200, 150 times its level of late}
 * @param advice what the user can do, as a clause in the imperative, such as {@code lower the
 *     learning rate}
 */
public record WatchdogFinding(
    Severity severity, String problem, String subject, String evidence, String advice) {

  /** How bad it is. */
  public enum Severity {
    /** Worth knowing; no reason to interfere. */
    NOTE,
    /** The training is unlikely to recover by itself. */
    TROUBLE
  }
}
