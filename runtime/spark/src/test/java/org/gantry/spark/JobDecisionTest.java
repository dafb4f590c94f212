package org.gantry.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.gantry.spark.JobDecision.JobNext;
import org.gantry.spark.WorkerReport.TaskEnd;
import org.junit.jupiter.api.Test;

/** What follows from the reports of workers. */
class JobDecisionTest {

  private static JobDecision of(TaskEnd... ends) {
    List<WorkerReport> reports = new ArrayList<>();
    for (int rank = 0; rank < ends.length; rank++) {
      reports.add(new WorkerReport(rank, ends[rank], 3, 8, "reason " + rank));
    }
    return JobDecision.of(reports);
  }

  @Test
  void worker0DecidesWhetherTheTrainingIsDone() {
    assertEquals(JobNext.DONE, of(TaskEnd.DONE, TaskEnd.INTERRUPTED).next());
    assertEquals(JobNext.INTERRUPTED, of(TaskEnd.INTERRUPTED, TaskEnd.INTERRUPTED).next());
  }

  @Test
  void aWorkerThatFailsNamesTheReason() {
    assertEquals(
        new JobDecision(JobNext.FAILED, "worker 1: reason 1"),
        of(TaskEnd.ENDED_BY_OTHER, TaskEnd.FAILED));
  }

  @Test
  void aLostWorkerLetsTheTrainingContinue() {
    assertEquals(
        new JobDecision(JobNext.RESUME, "reason 0"), of(TaskEnd.WORKER_LOST, TaskEnd.WORKER_LOST));
  }
}
