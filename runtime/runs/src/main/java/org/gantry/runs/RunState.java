package org.gantry.runs;

/**
 * How far a run has come; the content of its {@code state.json}.
 *
 * @param status whether it goes on
 * @param step the steps done
 * @param steps the steps to do
 * @param seconds the time spent training
 * @param reason why it failed, as a sentence; else empty
 * @param resumed how often it was continued
 * @param trouble what watchdogs have found that still holds, as clauses; else empty
 */
public record RunState(
    Status status,
    long step,
    long steps,
    double seconds,
    String reason,
    int resumed,
    String trouble) {

  /** A state without trouble. */
  public RunState(
      Status status, long step, long steps, double seconds, String reason, int resumed) {
    this(status, step, steps, seconds, reason, resumed, "");
  }

  /** Whether a run goes on. */
  public enum Status {
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
