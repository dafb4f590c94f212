package org.gantry.plugin.relativistic;

import static org.gantry.testkit.Numbers.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.gantry.plugin.relativistic.Relativistic.Options;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.ComponentContract;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class RelativisticTest implements ComponentContract {

  private static final double[] REAL = {2, -1, 0.5};
  private static final double[] FAKE = {-1.5, 0.3, 1};

  private final Relativistic pairs = new Relativistic(new Options(false));
  private final Relativistic average = new Relativistic(new Options(true));

  @Override
  public Object component() {
    return new Relativistic(new Options(false));
  }

  @Test
  void lossesOfPairsAreTheGoldenNumbers(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, pairs.discriminator(real, fake), 0.848279);
    assertClose(1e-6, pairs.maker(real, fake), 1.414945);
  }

  @Test
  void lossesOnAverageAreTheGoldenNumbers(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, average.discriminator(real, fake), 1.177582);
    assertClose(1e-6, average.maker(real, fake), 2.310916);
  }

  @Test
  void theMakersGradientsAreTheGoldenNumbers(NDManager manager) {
    NDArray fake = manager.create(FAKE);
    fake.setRequiresGradient(true);
    try (Autograd autograd = new Autograd(manager)) {
      NDArray loss = pairs.maker(manager.create(REAL), fake);
      assertClose(
          1e-6,
          autograd.gradients(manager, loss, new NDList(fake)).get(0),
          -0.323563,
          -0.071388,
          -0.125847);
    }
  }

  @Test
  void aConstantAddedToAllScoresChangesNothing(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, pairs.maker(real.add(7), fake.add(7)), 1.414945);
    assertClose(1e-6, average.discriminator(real.add(7), fake.add(7)), 1.177582);
  }

  @Test
  void extremeScoresGiveFiniteLosses(NDManager manager) {
    NDArray far = manager.create(new float[] {-1e4f, 1e4f});

    assertClose(1e-2, pairs.discriminator(far, far.neg()), 1e4);
    assertClose(1e-2, average.maker(far, far.neg()), 1e4);
  }
}
