package org.gantry.runs.blending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class BlendSettingsTest {

  private static final BlendSettings PAPER =
      new BlendSettings(BlendSolver.CODE, 1, BlendSettings.COARSE_SIDE);

  @Test
  void picturesAreHalvedUntilTheyHaveTheSideOfTheCoarsestLevel() {
    assertEquals(4, PAPER.halvings(768));
    assertEquals(4, PAPER.halvings(640));
    assertEquals(1, PAPER.halvings(128));
    assertEquals(0, PAPER.halvings(64));
    assertEquals(0, PAPER.halvings(28));
    assertEquals(1, PAPER.halvings(65));
  }

  @Test
  void aWeightOfZeroIsRefusedBecauseNothingWouldFixTheMeanColour() {
    assertThrows(IllegalArgumentException.class, () -> new BlendSettings(BlendSolver.CODE, 0, 64));
  }
}
