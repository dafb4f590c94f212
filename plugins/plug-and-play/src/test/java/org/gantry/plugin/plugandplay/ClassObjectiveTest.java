package org.gantry.plugin.plugandplay;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.ClassLogits;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** Gradients by the logits (2, 1, 0), whose probabilities are .665241, .244728 and .090031. */
@TensorTest
final class ClassObjectiveTest {

  private static final double[] LOGITS = {2, 1, 0};
  private static final Shape ROW = new Shape(1, 3);

  private static NDArray second(NDManager manager) {
    return ClassLogits.oneHot(manager.create(new float[] {1}), 3);
  }

  private static NDArray gradient(NDManager manager, ClassObjective objective) {
    NDArray logits = manager.create(new float[] {2, 1, 0}, ROW);
    logits.setRequiresGradient(true);
    try (Autograd autograd = new Autograd(manager)) {
      NDArray value = objective.of(logits, second(manager));
      return autograd.gradients(manager, value, new NDList(logits)).get(0);
    }
  }

  @Test
  void theLogarithmOfTheProbabilityLowersTheOtherClasses(NDManager manager) {
    assertClose(
        1e-6, gradient(manager, ClassObjective.LOG_PROBABILITY), -.665241, .755272, -.090031);
  }

  @Test
  void theTruncatedGradientLeavesTheOtherClassesAlone(NDManager manager) {
    assertClose(1e-6, gradient(manager, ClassObjective.TRUNCATED), 0, .755272, 0);
  }

  @Test
  void theLogitHasAGradientOfOne(NDManager manager) {
    assertClose(1e-6, gradient(manager, ClassObjective.LOGIT), 0, 1, 0);
  }

  /** The truncated one is not the gradient of a function. */
  @Test
  void theGradientsMatchFiniteDifferences(NDManager manager) {
    NDArray classes = manager.create(new double[] {0, 1, 0}, ROW);

    assertDifferentiable(
        manager, l -> ClassObjective.LOG_PROBABILITY.of(l.reshape(ROW), classes), LOGITS);
    assertDifferentiable(manager, l -> ClassObjective.LOGIT.of(l.reshape(ROW), classes), LOGITS);
  }
}
