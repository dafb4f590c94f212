package org.gantry.plugin.leastsquares;

import static org.gantry.testkit.Numbers.assertClose;
import static org.gantry.testkit.Numbers.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class LeastSquaresAbcTest {

  private static final double[] REAL = {2, -1, 0.5};
  private static final double[] FAKE = {-1.5, 0.3, 1};

  private final LeastSquaresAbc loss = new LeastSquaresAbc(new LeastSquaresAbc.Options(-1, 1, 0));

  @Test
  void bothPlayersLossesAreTheGoldenNumbers(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, loss.discriminator(real, fake), 1.865);
    assertClose(1e-6, loss.generator(fake), 0.556667);
  }

  @Test
  void theGradientsAreThoseOfFiniteDifferences(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertDifferentiable(manager, x -> loss.discriminator(x, fake), REAL);
    assertDifferentiable(manager, x -> loss.discriminator(real, x), FAKE);
    assertDifferentiable(manager, loss::generator, FAKE);
  }

  @Test
  void scoresOfPatchesCountAlike(NDManager manager) {
    NDArray real = manager.create(REAL).reshape(1, 1, 3, 1);
    NDArray fake = manager.create(FAKE).reshape(1, 1, 1, 3);

    assertClose(1e-6, loss.discriminator(real, fake), 1.865);
    assertClose(1e-6, loss.generator(fake), 0.556667);
  }

  @Test
  void scoresOfFloat32GiveLossesOfFloat32(NDManager manager) {
    NDArray real = manager.create(new float[] {2, -1, 0.5f});
    NDArray fake = manager.create(new float[] {-1.5f, 0.3f, 1});

    assertEquals(DataType.FLOAT32, loss.discriminator(real, fake).getDataType());
    assertEquals(DataType.FLOAT32, loss.generator(fake).getDataType());
  }

  @Test
  void theZeroOneCodingIsTheLeastSquaresLoss(NDManager manager) {
    LeastSquaresAbc coded = new LeastSquaresAbc(new LeastSquaresAbc.Options(0, 1, 1));
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, coded.discriminator(real, fake), 1.431667);
    assertClose(1e-6, coded.generator(fake), 1.123333);
  }

  @Test
  void whoMakesRealSamplesWantsForThemWhatTheGeneratorWantsForFakesMirrored(NDManager manager) {
    NDArray real = manager.create(REAL);
    LeastSquaresAbc coded = new LeastSquaresAbc(new LeastSquaresAbc.Options(0, 1, 1));

    // Half the mean of 4, 1 and 0.25.
    assertClose(1e-6, coded.realMaker(real), 0.875);
    assertClose(1e-6, new LeastSquares().realMaker(real), 0.875);
    assertClose(1e-6, loss.realMaker(real), 0.875);
  }
}
