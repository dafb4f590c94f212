package org.gantry.spark;

import java.util.List;
import java.util.Optional;
import org.gantry.spark.WorkerReport.TaskEnd;

/**
 * What follows from the reports of all workers.
 *
 * @param next whether the training is over, or continues from its last checkpoint
 * @param message a sentence for the user; may be empty
 */
record JobDecision(JobNext next, String message) {

  /** What is next. */
  enum JobNext {
    /** All steps are done. */
    DONE,
    /** The user asked to stop. */
    INTERRUPTED,
    /** The training failed, and would fail again. */
    FAILED,
    /** A worker was lost; the others can continue with another one. */
    RESUME
  }

  /** Decides; what a worker says about itself counts more than what others say about it. */
  static JobDecision of(List<WorkerReport> reports) {
    Optional<WorkerReport> failed = first(reports, TaskEnd.FAILED);
    if (failed.isPresent()) {
      return new JobDecision(
          JobNext.FAILED, "worker %d: %s".formatted(failed.get().rank(), failed.get().reason()));
    }
    WorkerReport writer =
        reports.stream().filter(report -> report.rank() == 0).findFirst().orElseThrow();
    return switch (writer.end()) {
      case DONE -> new JobDecision(JobNext.DONE, writer.reason());
      case INTERRUPTED -> new JobDecision(JobNext.INTERRUPTED, "");
      case ENDED_BY_OTHER, FAILED -> new JobDecision(JobNext.FAILED, writer.reason());
      case WORKER_LOST -> new JobDecision(JobNext.RESUME, writer.reason());
    };
  }

  private static Optional<WorkerReport> first(List<WorkerReport> reports, TaskEnd end) {
    return reports.stream().filter(report -> report.end() == end).findFirst();
  }
}
