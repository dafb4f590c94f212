package org.gantry.runs;

/**
 * How far a run has come; the content of its {@code state.json}.
 *
 * @param status whether it goes on
 * @param step the steps done
 * @param steps the steps to do
 * @param seconds the time spent training
 * @param reason why it failed, as a sentence; else empty
 * @param resumeCount how often it was continued
 * @param trouble what watchdogs have found that still holds, as clauses; else empty
 */
public record RunState(
    RunStatus status,
    long step,
    long steps,
    double seconds,
    String reason,
    int resumeCount,
    String trouble) {

  /** A state without trouble. */
  public RunState(
      RunStatus status, long step, long steps, double seconds, String reason, int resumed) {
    this(status, step, steps, seconds, reason, resumed, "");
  }

  /** Whether a run goes on. */
  public enum RunStatus {
    /** It is training, or its process ended without a word. */
    RUNNING,
    /** It has done all of its steps. */
    DONE,
    /** It was asked to stop, and did so after a whole step. */
    INTERRUPTED,
    /** It could not go on. */
    FAILED
  }
}
