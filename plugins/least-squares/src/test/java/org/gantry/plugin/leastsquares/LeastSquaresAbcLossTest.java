package org.gantry.plugin.leastsquares;

import static org.gantry.testkit.ArrayAssertions.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class LeastSquaresAbcLossTest implements ComponentContract {

  private static final double[] REAL = {2, -1, 0.5};
  private static final double[] FAKE = {-1.5, 0.3, 1};

  private final LeastSquaresAbcLoss loss =
      new LeastSquaresAbcLoss(new LeastSquaresAbcLoss.Options(-1, 1, 0));

  @Override
  public Object createComponent() {
    return new LeastSquaresAbcLoss(new LeastSquaresAbcLoss.Options(-1, 1, 0));
  }

  @Test
  void bothLossesMatchReferenceValues(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, loss.discriminatorLoss(real, fake), 1.865);
    assertClose(1e-6, loss.generatorLoss(fake), 0.556667);
  }

  @Test
  void theZeroOneTargetsGiveTheLeastSquaresLoss(NDManager manager) {
    LeastSquaresAbcLoss coded = new LeastSquaresAbcLoss(new LeastSquaresAbcLoss.Options(0, 1, 1));
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, coded.discriminatorLoss(real, fake), 1.431667);
    assertClose(1e-6, coded.generatorLoss(fake), 1.123333);
  }

  @Test
  void theRealMakersTargetMirrorsTheGenerators(NDManager manager) {
    NDArray real = manager.create(REAL);
    LeastSquaresAbcLoss coded = new LeastSquaresAbcLoss(new LeastSquaresAbcLoss.Options(0, 1, 1));

    // Half the mean of 4, 1 and 0.25.
    assertClose(1e-6, coded.realExampleLoss(real), 0.875);
    assertClose(1e-6, new LeastSquaresLoss().realExampleLoss(real), 0.875);
    assertClose(1e-6, loss.realExampleLoss(real), 0.875);
  }
}
