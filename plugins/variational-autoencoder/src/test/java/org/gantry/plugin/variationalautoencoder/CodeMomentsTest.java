package org.gantry.plugin.variationalautoencoder;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** Two codes of two values each. */
@TensorTest
final class CodeMomentsTest {

  private static final Shape SHAPE = new Shape(2, 4);
  private static final double[] MOMENTS = {
    .5, 0, Math.log(.8), 0, -1, 2, Math.log(.5), Math.log(2)
  };

  @Test
  void theDivergenceIsThatOfTheClosedForm(NDManager manager) {
    double first = .5 * (.25 + .64 - 1 - 2 * Math.log(.8));
    double second = .5 * (1 + .25 - 1 - 2 * Math.log(.5)) + .5 * (4 + 4 - 1 - 2 * Math.log(2));

    assertClose(1e-6, manager.create(first), .168144);
    assertClose(1e-9, CodeMoments.divergence(manager.create(MOMENTS, SHAPE)), (first + second) / 2);
    assertClose(1e-9, CodeMoments.divergence(manager.zeros(SHAPE)), 0);
  }

  @Test
  void codesAreDrawnAroundTheirMeans(NDManager manager) {
    NDArray noise = manager.create(new double[] {1, 2, -1, .5}, new Shape(2, 2));

    assertClose(
        1e-9, CodeMoments.draw(manager.create(MOMENTS, SHAPE), noise), .5 + .8, 2, -1 - .5, 2 + 1);
    assertClose(1e-9, CodeMoments.mean(manager.create(MOMENTS, SHAPE)), .5, 0, -1, 2);
  }

  @Test
  void theGradientsMatchFiniteDifferences(NDManager manager) {
    NDArray noise = manager.create(new double[] {1, 2, -1, .5}, new Shape(2, 2));
    NDArray wanted = manager.create(new double[] {0, 1, 1, 0}, new Shape(2, 2));

    assertDifferentiable(manager, m -> CodeMoments.divergence(m.reshape(SHAPE)), MOMENTS);
    assertDifferentiable(
        manager,
        m -> CodeMoments.squaredDistance(CodeMoments.draw(m.reshape(SHAPE), noise), wanted),
        MOMENTS);
  }
}
