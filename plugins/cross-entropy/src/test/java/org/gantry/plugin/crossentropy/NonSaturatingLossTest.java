package org.gantry.plugin.crossentropy;

import static org.gantry.testkit.ArrayAssertions.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class NonSaturatingLossTest implements ComponentContract {

  private static final double[] REAL = {2, -1, 0.5};
  private static final double[] FAKE = {-1.5, 0.3, 1};

  private final NonSaturatingLoss loss = new NonSaturatingLoss();

  @Override
  public Object createComponent() {
    return new NonSaturatingLoss();
  }

  @Test
  void bothLossesMatchReferenceValues(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, loss.discriminatorLoss(real, fake), 1.427766);
    assertClose(1e-6, loss.generatorLoss(fake), 0.856343);
  }

  @Test
  void theGeneratorsGradientsMatchReferenceValues(NDManager manager) {
    NDArray fake = manager.create(new double[] {-1.5, 0.3, 1});
    fake.setRequiresGradient(true);
    try (Autograd autograd = new Autograd(manager)) {
      assertClose(
          1e-6,
          autograd.gradients(manager, loss.generatorLoss(fake), new NDList(fake)).get(0),
          -0.272525,
          -0.141852,
          -0.089647);
    }
  }

  @Test
  void theGradientIsLargestForAConfidentlyRejectedFake(NDManager manager) {
    NDArray fake = manager.create(new double[] {-20});
    fake.setRequiresGradient(true);
    try (Autograd autograd = new Autograd(manager)) {
      assertClose(
          1e-8, autograd.gradients(manager, loss.generatorLoss(fake), new NDList(fake)).get(0), -1);
    }
  }

  @Test
  void theSmoothedLossMatchesReferenceValues(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);
    NDArray plain = loss.discriminatorLoss(real, fake);

    assertClose(1e-6, plain.add(loss.smoothingTerm(real, 0.9)), 1.477766);
    assertClose(1e-6, plain.add(loss.smoothingTerm(real, 0.75)), 1.552766);
    assertClose(1e-6, loss.smoothingTerm(real, 1), 0);
  }

  @Test
  void extremeScoresGiveFiniteLosses(NDManager manager) {
    NDArray far = manager.create(new float[] {-1e4f, 1e4f});

    assertClose(1e-2, loss.discriminatorLoss(far, far), 1e4);
    assertClose(1e-2, loss.generatorLoss(far), 5e3);
  }
}
