package org.gantry.embedded;

/**
 * How the training of a worker ended.
 *
 * @param end why it ended
 * @param step the number of completed steps
 * @param steps the total number of steps
 * @param reason a sentence for the user; empty if all steps are done
 */
public record WorkerOutcome(WorkerEnd end, long step, long steps, String reason) {

  /** Why the training of a worker ended. */
  public enum WorkerEnd {
    /** All steps are done, or the training stopped early at worker 0. */
    DONE,
    /** The observer of worker 0 asked to stop. */
    INTERRUPTED,
    /** Another worker ended the training, and the reason is its own. */
    ENDED_BY_OTHER,
    /** Another worker was lost. The training can continue from its last checkpoint. */
    WORKER_LOST
  }
}
