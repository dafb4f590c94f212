package org.gantry.plugin.wasserstein;

import static org.gantry.testkit.ArrayAssertions.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class WassersteinLossTest implements ComponentContract {

  private static final double[] REAL = {2, -1, 0.5};
  private static final double[] FAKE = {-1.5, 0.3, 1};

  private final WassersteinLoss loss = new WassersteinLoss();

  @Override
  public Object createComponent() {
    return new WassersteinLoss();
  }

  @Test
  void bothLossesMatchReferenceValues(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, loss.discriminatorLoss(real, fake), -0.566667);
    assertClose(1e-6, loss.generatorLoss(fake), 0.066667);
  }
}
