package org.gantry.spark;

import java.io.Serializable;

/**
 * How the task of a worker ended.
 *
 * @param rank the number of the worker
 * @param end why it ended
 * @param step the number of completed steps
 * @param steps the total number of steps
 * @param reason a sentence for the user; may be empty
 */
record WorkerReport(int rank, TaskEnd end, long step, long steps, String reason)
    implements Serializable {

  /** Why a task ended. */
  enum TaskEnd {
    /** The training is done. */
    DONE,
    /** The user asked to stop. */
    INTERRUPTED,
    /** Another worker ended the training. */
    ENDED_BY_OTHER,
    /** Another worker was lost. */
    WORKER_LOST,
    /** This worker failed. */
    FAILED
  }
}
