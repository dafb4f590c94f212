package org.gantry.plugin.hinge;

import static org.gantry.testkit.ArrayAssertions.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class HingeLossTest implements ComponentContract {

  private static final double[] REAL = {2, -1, 0.5};
  private static final double[] FAKE = {-1.5, 0.3, 1};

  private final HingeLoss loss = new HingeLoss();

  @Override
  public Object createComponent() {
    return new HingeLoss();
  }

  @Test
  void bothLossesMatchReferenceValues(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, loss.discriminatorLoss(real, fake), 1.933333);
    assertClose(1e-6, loss.generatorLoss(fake), 0.066667);
  }

  @Test
  void scoresBeyondTheMarginHaveNoLoss(NDManager manager) {
    NDArray real = manager.create(new double[] {1, 7});
    NDArray fake = manager.create(new double[] {-1, -7});

    assertClose(0, loss.discriminatorLoss(real, fake), 0);
  }
}
