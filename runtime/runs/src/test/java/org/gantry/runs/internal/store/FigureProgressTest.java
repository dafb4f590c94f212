package org.gantry.runs.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.gantry.recipes.EarlyStopping;
import org.gantry.recipes.TrainSettings.BestDirection;
import org.junit.jupiter.api.Test;

class FigureProgressTest {

  private static FigureProgress after(EarlyStopping rule, double... values) {
    FigureProgress progress = FigureProgress.NONE;
    for (double value : values) {
      progress = progress.with(value, rule);
    }
    return progress;
  }

  @Test
  void evaluationsAreCountedSinceTheBestValue() {
    EarlyStopping lowest = new EarlyStopping("m/f", BestDirection.LOWEST, 2);
    assertEquals(new FigureProgress(3, 1), after(lowest, 5, 3, 4));
    assertEquals(new FigureProgress(2, 0), after(lowest, 5, 3, 4, 2));
    EarlyStopping highest = new EarlyStopping("m/f", BestDirection.HIGHEST, 2);
    assertEquals(new FigureProgress(5, 2), after(highest, 5, 3, 5));
  }

  @Test
  void valuesThatAreNotFiniteAreNeverBetter() {
    EarlyStopping lowest = new EarlyStopping("m/f", BestDirection.LOWEST, 2);
    assertEquals(new FigureProgress(1, 2), after(lowest, 1, Double.NaN, Double.NEGATIVE_INFINITY));
    FigureProgress never = after(lowest, Double.NaN, Double.NaN);
    assertTrue(never.isExhausted(lowest));
    assertEquals(
        "stopped early at step 9: m/f has had no finite value in 2 evaluations",
        never.reason(lowest, 9));
  }

  @Test
  void thePatienceIsOverAfterItsEvaluations() {
    EarlyStopping lowest = new EarlyStopping("m/f", BestDirection.LOWEST, 2);
    assertFalse(after(lowest, 1, 2).isExhausted(lowest));
    assertTrue(after(lowest, 1, 2, 2).isExhausted(lowest));
    assertFalse(after(lowest, 1, 2, 2).isExhausted(EarlyStopping.NEVER));
    assertEquals(
        "stopped early at step 40: m/f has not been lower than 1 for 2 evaluations",
        after(lowest, 1, 2, 2).reason(lowest, 40));
  }
}
