package org.gantry.plugin.instancenoise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.gantry.graph.Schedule;
import org.junit.jupiter.api.Test;

final class NoiseScheduleTest {

  @Test
  void theSchedulesMatchATableAtTheQuarters() {
    assertQuarters(NoiseSchedule.CONSTANT, 1, 0.5, 0.5, 0.5, 0.5, 0.5);
    assertQuarters(NoiseSchedule.LINEAR, 1, 0.5, 0.375, 0.25, 0.125, 0);
    assertQuarters(NoiseSchedule.LINEAR, 0.8, 0.5, 0.34375, 0.1875, 0.03125, 0);
    assertQuarters(NoiseSchedule.COSINE, 1, 0.5, 0.426777, 0.25, 0.073223, 0);
    assertQuarters(NoiseSchedule.EXPONENTIAL, 1, 0.5, 0.158114, 0.05, 0.015811, 0.005);
  }

  @Test
  void aProlongedTrainingKeepsTheFinalValue() {
    assertEquals(0, NoiseSchedule.LINEAR.schedule(0.5, 0.005, 0.8).at(1300, 1000));
    assertEquals(0, NoiseSchedule.COSINE.schedule(0.5, 0.005, 1).at(1300, 1000), 1e-12);
    assertEquals(0.005, NoiseSchedule.EXPONENTIAL.schedule(0.5, 0.005, 1).at(1300, 1000), 1e-12);
  }

  private static void assertQuarters(NoiseSchedule fall, double share, double... expected) {
    Schedule schedule = fall.schedule(0.5, 0.005, share);
    for (int quarter = 0; quarter <= 4; quarter++) {
      assertEquals(
          expected[quarter], schedule.at(quarter * 250L, 1000), 1e-6, fall + " " + quarter);
    }
  }
}
