package org.gantry.plugin.spectralnorm;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gantry.plugin.spectralnorm.PowerIteration.OutputAxis;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class PowerIterationTest {

  private static final double[] WEIGHT = {2, 1, 0, 1, 1, -1};

  @Test
  void theEstimateRisesToTheLargestSingularValue(NDManager manager) {
    NDArray weight = manager.create(WEIGHT).reshape(3, 2);
    NDArray u = manager.create(new double[] {1, 0, 0});
    try (PowerIteration spectrum = new PowerIteration(manager, OutputAxis.FIRST, 1)) {
      for (double sigma : new double[] {2.323790, 2.326147, 2.326687, 2.326810, 2.326838}) {
        NDArray normalized = spectrum.normalized(manager, weight, u);
        assertEquals(sigma, 2 / normalized.getDouble(0, 0), 1e-6);
        spectrum.iterate(weight, u);
      }
      assertClose(
          1e-5,
          spectrum.normalized(manager, weight, u),
          0.859533,
          0.429766,
          0,
          0.429766,
          0.429766,
          -0.429766);
    }
  }

  @Test
  void theSingularValuesMatchReferenceValues(NDManager manager) {
    NDArray weight = manager.create(WEIGHT).reshape(3, 2);
    NDArray u = manager.create(new double[] {1, 0, 0});
    assertEquals(2.326846, largest(manager, weight, u), 1e-6);

    // Without its largest component, the weight has the other singular value as its largest.
    NDArray first = u.reshape(3, 1);
    NDArray rest = weight.sub(first.matMul(first.transpose()).matMul(weight));
    assertEquals(1.608038, largest(manager, rest, manager.create(new double[] {0, 1, 1})), 1e-6);
  }

  /** Moves u to the singular vector of the largest value and returns the value. */
  private static double largest(NDManager manager, NDArray weight, NDArray u) {
    try (PowerIteration spectrum = new PowerIteration(manager, OutputAxis.FIRST, 1)) {
      for (int i = 0; i < 100; i++) {
        spectrum.iterate(weight, u);
      }
      return weight.getDouble(0, 0) / spectrum.normalized(manager, weight, u).getDouble(0, 0);
    }
  }

  @Test
  void theNormScalesTheResult(NDManager manager) {
    NDArray weight = manager.create(new double[][] {{3, 0}, {0, 1}});
    NDArray u = manager.create(new double[] {1, 0});
    try (PowerIteration spectrum = new PowerIteration(manager, OutputAxis.FIRST, 2.5)) {
      assertClose(1e-9, spectrum.normalized(manager, weight, u), 2.5, 0, 0, 2.5 / 3);
    }
  }

  @Test
  void aTransposedConvolutionCountsItsOutputsAlongTheSecondAxis(NDManager manager) {
    // One channel, two filters of 2 x 2: rows (1, 0, 0, 0) and (0, 2, 0, 0).
    NDArray weight = manager.create(new double[] {1, 0, 0, 0, 0, 2, 0, 0}).reshape(1, 2, 2, 2);
    NDArray u = manager.create(new double[] {0, 1});
    try (PowerIteration spectrum = new PowerIteration(manager, OutputAxis.SECOND, 1)) {
      assertClose(1e-9, spectrum.normalized(manager, weight, u), 0.5, 0, 0, 0, 0, 1, 0, 0);
    }
  }

  @Test
  void theGradientAfterConvergenceIsThatOfTheLargestSingularValue(NDManager manager) {
    NDArray weight = manager.create(WEIGHT).reshape(3, 2);
    NDArray u = manager.create(new double[] {1, 0, 0});
    NDArray factors = manager.create(new double[] {1, -2, 0.5, 3, -1, 0.7}).reshape(3, 2);
    try (PowerIteration spectrum = new PowerIteration(manager, OutputAxis.FIRST, 1)) {
      for (int i = 0; i < 100; i++) {
        spectrum.iterate(weight, u);
      }

      assertDifferentiable(
          manager,
          w -> spectrum.normalized(manager, w.reshape(3, 2), u).mul(factors).sum(),
          WEIGHT);
    }
  }
}
