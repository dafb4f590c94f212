package org.gantry.plugin.conditional;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.gantry.plugin.conditional.ConditioningAugmentation.DivergenceScale;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** Values of arXiv:1612.03242, section 3.2, computed by hand. */
@TensorTest
final class NormalDistributionTest {

  private static final double[] MEAN = {0.5, -1, 0};
  private static final double[] LOG_DEVIATION = {0, -0.5, 0.25};
  private static final Shape ROW = new Shape(1, 3);

  private static NDArray row(NDManager manager, double... values) {
    return manager.create(values, ROW);
  }

  @Test
  void aValueIsTheMeanAndTheDeviationTimesNoise(NDManager manager) {
    assertClose(
        1e-6,
        NormalDistribution.sample(
            row(manager, MEAN), row(manager, LOG_DEVIATION), row(manager, 0.3, -1.2, 0.8)),
        0.8,
        -1.727837,
        1.027220);
  }

  @Test
  void theDivergenceIsThatFromTheStandardNormalDistribution(NDManager manager) {
    NDArray mean = row(manager, MEAN);
    NDArray logDeviation = row(manager, LOG_DEVIATION);

    assertClose(
        1e-6, NormalDistribution.divergences(mean, logDeviation), 0.125, 0.683940, 0.074361);
    assertClose(1e-6, DivergenceScale.SUM.of(mean, logDeviation), 0.883300);
    assertClose(1e-6, DivergenceScale.MEAN.of(mean, logDeviation), 0.294433);
    assertClose(0, DivergenceScale.SUM.of(row(manager, 0, 0, 0), row(manager, 0, 0, 0)), 0);
  }

  @Test
  void bothScalesAverageOverTheBatch(NDManager manager) {
    NDArray mean = row(manager, MEAN).repeat(0, 4);
    NDArray logDeviation = row(manager, LOG_DEVIATION).repeat(0, 4);

    assertClose(1e-6, DivergenceScale.SUM.of(mean, logDeviation), 0.883300);
    assertClose(1e-6, DivergenceScale.MEAN.of(mean, logDeviation), 0.294433);
  }

  @Test
  void theGradientsAreTheMeanAndTheVarianceLessOne(NDManager manager) {
    NDArray mean = row(manager, MEAN);
    NDArray logDeviation = row(manager, LOG_DEVIATION);
    mean.setRequiresGradient(true);
    logDeviation.setRequiresGradient(true);
    try (Autograd autograd = new Autograd(manager)) {
      NDArray divergence = DivergenceScale.SUM.of(mean, logDeviation);
      NDList gradients = autograd.gradients(manager, divergence, new NDList(mean, logDeviation));
      assertClose(1e-6, gradients.get(0), MEAN);
      assertClose(1e-6, gradients.get(1), 0, -0.632121, 0.648721);
    }
  }

  @Test
  void theGradientsMatchFiniteDifferences(NDManager manager) {
    NDArray mean = row(manager, MEAN);
    NDArray logDeviation = row(manager, LOG_DEVIATION);
    NDArray noise = row(manager, 0.3, -1.2, 0.8);

    for (DivergenceScale scale : DivergenceScale.values()) {
      assertDifferentiable(manager, x -> scale.of(x.reshape(ROW), logDeviation), MEAN);
      assertDifferentiable(manager, x -> scale.of(mean, x.reshape(ROW)), LOG_DEVIATION);
    }
    assertDifferentiable(
        manager,
        x -> NormalDistribution.sample(mean, x.reshape(ROW), noise).square().sum(),
        LOG_DEVIATION);
  }

  @Test
  void truncatedNoiseStaysWithinTwoDeviations(NDManager manager) {
    int count = 20_000;
    NDArray uniform = manager.arange(0f, count).add(0.5f).div(count);

    NDArray noise = NormalDistribution.truncated(uniform);

    assertTrue(noise.abs().max().getFloat() < 2.0001f);
    assertEquals(0, noise.mean().getFloat(), 1e-3);
    assertEquals(0.774, noise.square().mean().getFloat(), 1e-3);
  }
}
