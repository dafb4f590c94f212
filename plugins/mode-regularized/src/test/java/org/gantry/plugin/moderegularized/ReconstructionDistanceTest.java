package org.gantry.plugin.moderegularized;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class ReconstructionDistanceTest {

  private static final double[] ORIGINAL = {1, 0, 0, 1};
  private static final double[] RECONSTRUCTION = {0.9, 0.2, 0.1, 0.7};
  private static final Shape SHAPE = new Shape(2, 2);

  @Test
  void distancesAreSummedOverValuesAndAveragedOverSamples(NDManager manager) {
    NDArray x = manager.create(ORIGINAL, SHAPE);
    NDArray y = manager.create(RECONSTRUCTION, SHAPE);

    assertClose(1e-9, ReconstructionDistance.squared(x, y, false), 0.075);
    assertClose(1e-9, ReconstructionDistance.squared(x, y, true), 0.0375);
    assertClose(1e-9, ReconstructionDistance.absolute(x, y, false), 0.35);
    assertClose(1e-9, ReconstructionDistance.absolute(x, y, true), 0.175);
  }

  @Test
  void theGradientsMatchFiniteDifferences(NDManager manager) {
    NDArray x = manager.create(ORIGINAL, SHAPE);

    for (boolean average : new boolean[] {true, false}) {
      assertDifferentiable(
          manager,
          y -> ReconstructionDistance.squared(x, y.reshape(SHAPE), average),
          RECONSTRUCTION);
      assertDifferentiable(
          manager,
          y -> ReconstructionDistance.absolute(x, y.reshape(SHAPE), average),
          RECONSTRUCTION);
    }
  }
}
