package org.gantry.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which workers count as slow. */
final class WorkerSpeedsTest {

  @Test
  void aWorkerForWhichTheOthersWaitIsReportedOnce() {
    assertEquals(
        List.of(
            "worker 1 is slow: it takes 3.0 times as long as the median worker, and the others wait for it"),
        reports(new float[] {0.1f, 0.3f, 0.1f}, 200));
  }

  @Test
  void oneOfTwoWorkersCanBeSlow() {
    assertEquals(1, reports(new float[] {0.2f, 0.1f}, 60).size());
  }

  @Test
  void differencesThatCostLittleAreNotReported() {
    assertEquals(List.of(), reports(new float[] {0.0001f, 0.0005f}, 200));
    assertEquals(List.of(), reports(new float[] {1.0f, 1.2f}, 200));
  }

  private static List<String> reports(float[] seconds, int exchanges) {
    WorkerSpeeds speeds = new WorkerSpeeds(seconds.length);
    List<String> reports = new ArrayList<>();
    for (int i = 0; i < exchanges; i++) {
      speeds.add(seconds).ifPresent(reports::add);
    }
    return reports;
  }
}
