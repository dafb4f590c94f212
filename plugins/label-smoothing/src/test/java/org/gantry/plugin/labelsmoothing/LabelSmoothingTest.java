package org.gantry.plugin.labelsmoothing;

import static ai.djl.nn.Activation.softPlus;
import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.ConstantInitializer;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.loss.TargetLoss;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class LabelSmoothingTest {

  private record CrossEntropy() implements TargetLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return real(real).add(softPlus(fake).mean());
    }

    NDArray real(NDArray scores) {
      return softPlus(scores.neg()).mean();
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return softPlus(fake.neg()).mean();
    }
  }

  @Test
  void theTermIsTheDifferenceToTheLossWithALowerTarget() {
    // The critic scores every sample 1.5, so the term is a tenth of that.
    try (Session session = open(0.9)) {
      Map<String, Double> step = session.step();

      assertEquals(0.15, step.get("discriminator/label-smoothing"), 1e-6);
      double softPlus = Math.log1p(Math.exp(1.5));
      assertEquals(2 * softPlus - 1.5, step.get("discriminator/game"), 1e-6);
    }
  }

  @Test
  void theSmoothedLossIsTheCrossEntropyOfTheLoweredTarget(NDManager manager) {
    CrossEntropy loss = new CrossEntropy();
    NDArray real = manager.create(new double[] {2, -1, 0.5});
    NDArray fake = manager.create(new double[] {-1.5, 0.3, 1});
    double[] targets = {1, 0.9, 0.75};
    double[] ofReal = {0.638089, 0.688089, 0.763089};
    double[] totals = {1.427766, 1.477766, 1.552766};
    for (int i = 0; i < targets.length; i++) {
      double target = targets[i];
      assertClose(
          1e-6,
          loss.discriminatorLoss(real, fake).add(loss.smoothingTerm(real, target)),
          totals[i]);
      assertClose(1e-6, loss.real(real).add(loss.smoothingTerm(real, target)), ofReal[i]);
      assertDifferentiable(manager, r -> loss.smoothingTerm(r, target), new double[] {2, -1, 0.5});
    }
    // The authors' code for ImageNet minimises a divergence, which is lower by the target's
    // entropy.
    assertEquals(0.200754, ofReal[2] - entropy(0.75), 1e-6);
  }

  @Test
  void theLossOfRealSamplesIsNeverBelowTheEntropyOfTheirTarget(NDManager manager) {
    CrossEntropy loss = new CrossEntropy();
    for (double probability : new double[] {0.8, 0.9, 0.95}) {
      NDArray score = manager.create(new double[] {logit(probability)});
      double smoothed = loss.real(score).add(loss.smoothingTerm(score, 0.9)).toDoubleArray()[0];

      assertEquals(probability == 0.9, smoothed < 0.325083 + 1e-6, "probability " + probability);
    }
    assertEquals(0.325083, entropy(0.9), 1e-6);
  }

  @Test
  void theOptimalDiscriminatorMatchesAReferenceValue(NDManager manager) {
    CrossEntropy loss = new CrossEntropy();
    double oneSided = 0.642857;
    double twoSided = 0.671429;
    assertEquals(oneSided, 0.9 * 0.5 / 0.7, 1e-6);
    // With a target of 0.1 for fakes as well, which the component does not offer.
    assertEquals(twoSided, (0.9 * 0.5 + 0.1 * 0.2) / 0.7, 1e-6);

    double best = smoothed(manager, loss, oneSided);
    for (double probability :
        new double[] {oneSided - 0.01, oneSided + 0.01, 0.5 / 0.7, twoSided}) {
      assertTrue(best < smoothed(manager, loss, probability), "probability " + probability);
    }
  }

  /** The loss of the discriminator for a probability at a point with both kinds of samples. */
  private static double smoothed(NDManager manager, CrossEntropy loss, double probability) {
    NDArray score = manager.create(new double[] {logit(probability)});
    NDArray real = loss.real(score).add(loss.smoothingTerm(score, 0.9)).mul(0.5);
    return real.add(softPlus(score).mul(0.2)).toDoubleArray()[0];
  }

  private static double logit(double probability) {
    return Math.log(probability / (1 - probability));
  }

  private static double entropy(double probability) {
    return -probability * Math.log(probability) - (1 - probability) * Math.log(1 - probability);
  }

  @Test
  void aCriticOfEqualDistributionsConvergesToHalfTheTarget() {
    // Its only parameter is its bias, which starts at 1.5 and falls by a tenth of
    // 2 D(x) - target with D(x) = sigmoid(bias).
    double bias = 1.5;
    try (Session session = open(0.8)) {
      for (int step = 0; step < 5; step++) {
        assertEquals(0.2 * bias, session.step().get("discriminator/label-smoothing"), 1e-6);
        bias -= 0.1 * (2 / (1 + Math.exp(-bias)) - 0.8);
      }
    }
  }

  @Test
  void aLossWithoutATargetIsRefused() {
    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () -> TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), smoothing(0.9))));

    assertEquals(
        "regularizer/tried does not fit: label smoothing needs a loss with a target for real"
            + " samples, such as non-saturating, minimax or least-squares; MeanDifferenceLoss has"
            + " no target",
        refusal.getMessage());
  }

  private static LabelSmoothing smoothing(double target) {
    return new LabelSmoothing(new LabelSmoothing.Options(target, List.of()));
  }

  private static Session open(double target) {
    return Session.open(
        TrainingGraph.build(
            TinyGame.withNetwork(
                TinyGame.of(new CrossEntropy(), smoothing(target)),
                ComponentKind.DISCRIMINATOR,
                LabelSmoothingTest::undecided)));
  }

  private static Block undecided() {
    Block critic = Linear.builder().setUnits(1).build();
    critic.setInitializer(new ConstantInitializer(0), Parameter.Type.WEIGHT);
    critic.setInitializer(new ConstantInitializer(1.5f), Parameter.Type.BIAS);
    critic.freezeParameters(true, p -> p.getType() == Parameter.Type.WEIGHT);
    return critic;
  }
}
