package org.gantry.plugin.leastsquares;

import static org.gantry.testkit.ArrayAssertions.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class LeastSquaresLossTest implements ComponentContract {

  private static final double[] REAL = {2, -1, 0.5};
  private static final double[] FAKE = {-1.5, 0.3, 1};

  private final LeastSquaresLoss loss = new LeastSquaresLoss();

  @Override
  public Object createComponent() {
    return new LeastSquaresLoss();
  }

  @Test
  void bothLossesMatchReferenceValues(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, loss.discriminatorLoss(real, fake), 1.431667);
    assertClose(1e-6, loss.generatorLoss(fake), 1.123333);
  }

  @Test
  void smoothingHasTheGradientOfALowerTarget(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);
    LeastSquaresAbcLoss lower = new LeastSquaresAbcLoss(new LeastSquaresAbcLoss.Options(0, 0.9, 1));
    NDArray smoothed = loss.discriminatorLoss(real, fake).add(loss.smoothingTerm(real, 0.9));

    // They differ by the constant (1² − 0.9²) / 2.
    assertClose(1e-12, smoothed.sub(lower.discriminatorLoss(real, fake)), 0.095);
    assertClose(1e-12, loss.smoothingTerm(real, 1), 0);
  }
}
