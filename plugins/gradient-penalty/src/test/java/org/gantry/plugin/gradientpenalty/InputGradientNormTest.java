package org.gantry.plugin.gradientpenalty;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class InputGradientNormTest {

  @Test
  void thePenaltiesOfALinearCriticMatchReferenceValues(NDManager manager) {
    NDArray gradient = manager.create(new double[][] {{0.6, -1.3}, {0.6, -1.3}});
    NDArray squared = InputGradientNorm.squaredNorm(List.of(gradient), 1);

    assertClose(1e-12, squared, 2.05, 2.05);
    assertClose(1e-6, squared.sqrt(), 1.431782, 1.431782);
    assertClose(1e-6, InputGradientNorm.meanSquaredDeviation(squared, 1, false).mul(10), 1.864358);
    assertClose(1e-12, squared.mean().mul(10 / 2), 10.25);
  }

  @Test
  void thePenaltiesOfAQuadraticCriticMatchReferenceValues(NDManager manager) {
    NDArray x = manager.create(new double[][] {{1, 2}});
    x.setRequiresGradient(true);
    try (Autograd autograd = new Autograd(manager)) {
      NDArray squared =
          InputGradientNorm.squaredNorm(List.of(autograd.gradient(x.square().sum(), x)), 1);

      assertClose(1e-6, squared.sqrt(), 4.472136);
      assertClose(
          1e-6, InputGradientNorm.meanSquaredDeviation(squared, 1, false).mul(10), 120.557281);
      assertClose(1e-9, squared.mean().mul(10 / 2), 100);
    }
  }

  @Test
  void aOneSidedPenaltyIgnoresSmallNorms(NDManager manager) {
    NDArray flat =
        InputGradientNorm.squaredNorm(List.of(manager.create(new double[][] {{0.3, 0.4}})), 1);
    NDArray steep =
        InputGradientNorm.squaredNorm(List.of(manager.create(new double[][] {{3, 4}})), 1);

    assertClose(0, InputGradientNorm.meanSquaredDeviation(flat, 1, true), 0);
    assertClose(1e-9, InputGradientNorm.meanSquaredDeviation(flat, 1, false), 0.25);
    assertClose(1e-9, InputGradientNorm.meanSquaredDeviation(steep, 1, true), 16);
  }

  @Test
  void theNormIsOverAllValuesAndSignalsOfASample(NDManager manager) {
    NDArray image = manager.ones(new Shape(2, 3, 4, 5));
    NDArray code = manager.ones(new Shape(2, 7)).mul(2);

    assertClose(1e-5, InputGradientNorm.squaredNorm(List.of(image, code), 1), 60 + 28, 60 + 28);
  }

  @Test
  void thePenaltyIsDifferentiableInTheCriticsWeights(NDManager manager) {
    double[] samples = {0.4, -0.7, 1.1, 0.2, -0.3, 0.9};
    try (Autograd autograd = new Autograd(manager)) {
      for (boolean oneSided : new boolean[] {false, true}) {
        assertDifferentiable(
            manager,
            weights -> {
              NDArray x = manager.create(samples, new Shape(3, 2));
              x.setRequiresGradient(true);
              NDArray score = x.mul(weights).tanh().mul(x).sum(new int[] {1});
              NDArray squared =
                  InputGradientNorm.squaredNorm(List.of(autograd.gradient(score, x)), 1);
              return InputGradientNorm.meanSquaredDeviation(squared, 1, oneSided)
                  .add(squared.mean());
            },
            new double[] {1.3, -0.8});
      }
    }
  }

  @Test
  void aConstantCriticHasAFinitePenaltyAndNoGradient(NDManager manager) {
    NDArray weights = manager.create(new double[] {0, 0});
    weights.setRequiresGradient(true);
    NDArray x = manager.create(new double[][] {{1, 2}});
    x.setRequiresGradient(true);
    try (Autograd autograd = new Autograd(manager)) {
      NDArray gradient = autograd.gradient(x.mul(weights).sum(new int[] {1}), x);
      NDArray penalty =
          InputGradientNorm.meanSquaredDeviation(
              InputGradientNorm.squaredNorm(List.of(gradient), 1), 1, false);

      assertClose(1e-5, penalty, 1);
      assertClose(0, autograd.gradient(penalty, weights), 0, 0);
    }
  }
}
