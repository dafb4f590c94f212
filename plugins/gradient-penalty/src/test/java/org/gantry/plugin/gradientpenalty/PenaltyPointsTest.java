package org.gantry.plugin.gradientpenalty;

import static org.gantry.testkit.ArrayAssertions.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** The points at which the penalties apply. */
@TensorTest
final class PenaltyPointsTest {

  @Test
  void allValuesOfASampleShareAWeight(NDManager manager) {
    NDArray real = manager.ones(new Shape(2, 1, 2, 2)).mul(8);
    NDArray fake = manager.zeros(new Shape(2, 1, 2, 2));
    NDArray share = manager.create(new float[] {0.25f, 1});

    assertClose(0, GradientPenalty.interpolate(real, fake, share), 2, 2, 2, 2, 8, 8, 8, 8);
  }

  @Test
  void samplesOfOneScoreShareAWeight(NDManager manager) {
    NDArray real = manager.ones(new Shape(4, 2)).mul(8);
    NDArray fake = manager.zeros(new Shape(4, 2));
    NDArray share = manager.create(new float[] {0.25f, 1});

    assertClose(0, GradientPenalty.interpolate(real, fake, share), 2, 2, 2, 2, 8, 8, 8, 8);
  }

  @Test
  void noiseIsScaledByTheDeviationOfTheBatch(NDManager manager) {
    NDArray real = manager.create(new double[][] {{1, -1}, {3, 1}});
    NDArray noise = manager.create(new double[][] {{1, 0}, {0.5, -1}});

    // Mean 1 and mean square deviation 2.
    double unit = 0.5 * Math.sqrt(2);
    assertClose(
        1e-12, DraganPenalty.perturbed(real, noise, 0.5), 1 + unit, -1, 3 + unit / 2, 1 - unit);
  }
}
