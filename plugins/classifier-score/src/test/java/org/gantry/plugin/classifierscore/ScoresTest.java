package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScoresTest {

  private static final List<double[]> ROWS =
      List.of(
          new double[] {.9, .05, .05},
          new double[] {.1, .8, .1},
          new double[] {.05, .05, .9},
          new double[] {.6, .3, .1});

  private static final List<double[]> OTHERS =
      List.of(
          new double[] {.7, .2, .1},
          new double[] {.1, .8, .1},
          new double[] {.6, .3, .1},
          new double[] {.2, .2, .6});

  private static final double[] UNIFORM = {1 / 3., 1 / 3., 1 / 3.};

  /** Three classes, of which the third does not occur. */
  private static final List<double[]> DROPPED =
      List.of(
          new double[] {.98, .01, .01},
          new double[] {.98, .01, .01},
          new double[] {.01, .98, .01},
          new double[] {.01, .98, .01});

  @Test
  void theInceptionScoreMatchesAReferenceValue() {
    assertEquals(1.654342, InceptionScore.of(ROWS), 1e-6);
    assertEquals(1.878202, InceptionScore.of(DROPPED), 1e-6);
  }

  @Test
  void theDivergenceOfEveryRowMatchesAReferenceValue() {
    double[] mean = ClassDistribution.mean(ROWS);
    double[] expected = {0.525095, 0.537352, 0.831956, 0.119211};

    assertArrayEquals(new double[] {.4125, .3, .2875}, mean, 1e-12);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], ClassDistribution.divergence(ROWS.get(i), mean), 1e-6);
    }
    assertEquals(0.503403, ClassDistribution.meanDivergence(ROWS, mean), 1e-6);
    assertEquals(0.013766, ClassDistribution.divergence(mean, UNIFORM), 1e-6);
  }

  @Test
  void theModifiedInceptionScoreIsTheMeanOfSquares() {
    double[] mean = ClassDistribution.mean(OTHERS);
    double reversed = 0;
    for (double[] row : OTHERS) {
      reversed += ClassDistribution.divergence(mean, row) / OTHERS.size();
    }

    assertEquals(0.084771, InceptionScore.modified(OTHERS), 1e-6);
    assertEquals(0.068048, reversed * reversed, 1e-6);
  }

  @Test
  void theModifiedInceptionScoreIsFiniteForProbabilitiesOfZero() {
    double certain = InceptionScore.modified(List.of(new double[] {1, 0}, new double[] {0, 1}));

    assertTrue(Double.isFinite(certain) && certain > 1000, "is " + certain);
  }

  @Test
  void everyPartOfTheInceptionScoreHasItsOwnMarginal() {
    double first = InceptionScore.of(ROWS.subList(0, 2));
    double second = InceptionScore.of(ROWS.subList(2, 4));
    assertEquals((first + second) / 2, InceptionScore.ofParts(ROWS, 2), 1e-12);
  }

  @Test
  void theInceptionScoreOfConfidentBalancedRowsIsTheNumberOfClasses() {
    List<double[]> certain =
        List.of(new double[] {1, 0, 0}, new double[] {0, 1, 0}, new double[] {0, 0, 1});
    assertEquals(3, InceptionScore.of(certain), 1e-12);
    assertEquals(1, InceptionScore.of(Collections.nCopies(5, UNIFORM)), 1e-12);
  }

  @Test
  void theModeScoresMatchReferenceValues() {
    assertEquals(1.631725, ModeScore.M1.of(ROWS, UNIFORM), 1e-6);
    assertEquals(1.632328, ModeScore.M2.of(ROWS, UNIFORM), 1e-6);
    assertEquals(1.654954, ModeScore.M3.of(ROWS, UNIFORM), 1e-6);
    assertEquals(1.315110, ModeScore.M1.of(DROPPED, UNIFORM), 1e-6);
    assertEquals(0.759627, ModeScore.M2.of(DROPPED, UNIFORM), 1e-6);
    assertEquals(1.084878, ModeScore.M3.of(DROPPED, UNIFORM), 1e-6);
  }

  @Test
  void theModeScoresOfTheRegularizedGanMatchReferenceValues() {
    double[] mean = ClassDistribution.mean(OTHERS);

    assertArrayEquals(new double[] {.4, .375, .225}, mean, 1e-12);
    assertEquals(0.276346, ClassDistribution.meanDivergence(OTHERS, UNIFORM), 1e-6);
    assertEquals(0.030979, ClassDistribution.divergence(UNIFORM, mean), 1e-6);
    assertEquals(0.028663, ClassDistribution.divergence(mean, UNIFORM), 1e-6);
    assertEquals(1.278089, ModeScore.M3.of(OTHERS, UNIFORM), 1e-6);
    assertEquals(1.281054, ModeScore.M4.of(OTHERS, UNIFORM), 1e-6);
    assertEquals(1.281054, InceptionScore.of(OTHERS), 1e-6);
  }

  @Test
  void thePrintedModeScoreEqualsTheInceptionScore() {
    assertEquals(InceptionScore.of(DROPPED), ModeScore.M4.of(DROPPED, UNIFORM), 1e-12);
  }

  @Test
  void aDroppedClassLowersEveryOtherModeScoreBelowTheInceptionScore() {
    for (ModeScore score : List.of(ModeScore.M1, ModeScore.M2, ModeScore.M3)) {
      assertTrue(score.of(DROPPED, UNIFORM) < InceptionScore.of(DROPPED), score.name());
    }
  }
}
