package org.gantry.plugin.gradientpenalty;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.ConstantInitializer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.gantry.component.ComponentKind;
import org.gantry.layers.Normalization;
import org.gantry.loss.ScoreLoss;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.CompositionWarning;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class PenaltiesInTrainingTest {

  /** A loss without a term for the discriminator. */
  record ZeroLoss() implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return real.mean().add(fake.mean()).mul(0);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().neg();
    }
  }

  @Test
  void theGradientPenaltyMovesALinearCriticTowardsNormOne() {
    Regularizer penalty = new GradientPenalty(new GradientPenalty.Options(1, 1, false, List.of()));

    try (Session session = open(penalty, PenaltiesInTrainingTest::linear)) {
      // Both weights are 1/2, so the norm is the root of 1/2. A step of 0.1 moves it by a fifth of
      // its distance from 1.
      double norm = Math.sqrt(0.5);
      assertEquals((norm - 1) * (norm - 1), term(session.step(), "gradient-penalty"), 1e-6);
      norm += 0.2 * (1 - norm);
      assertEquals((norm - 1) * (norm - 1), term(session.step(), "gradient-penalty"), 1e-6);
    }
  }

  @Test
  void aPenaltyNextToBatchNormWarns() {
    Regularizer penalty = new GradientPenalty(new GradientPenalty.Options(1, 1, false, List.of()));
    Regularizer flat = new R1Penalty(new R1Penalty.Options(3, 0, List.of()));
    for (Regularizer each : List.of(penalty, flat)) {
      assertEquals(List.of(), graph(each, Normalization.LAYER).warnings());
      List<CompositionWarning> warnings = graph(each, Normalization.BATCH).warnings();
      assertEquals(1, warnings.size());
      assertTrue(
          warnings.get(0).message().contains("its layer BatchNorm couples the samples"),
          warnings.get(0).message());
    }
  }

  /** The game with a discriminator that normalises. */
  private static TrainingGraph graph(Regularizer penalty, Normalization normalization) {
    return TrainingGraph.build(
        TinyGame.withNetwork(
            TinyGame.of(new ZeroLoss(), penalty),
            ComponentKind.DISCRIMINATOR,
            () ->
                new SequentialBlock()
                    .add(Linear.builder().setUnits(3).build())
                    .add(normalization.layer())
                    .add(Linear.builder().setUnits(1).build())));
  }

  @Test
  void r1FlattensALinearCriticByHalfOfGamma() {
    try (Session session =
        open(
            new R1Penalty(new R1Penalty.Options(3, 0, List.of())),
            PenaltiesInTrainingTest::linear)) {
      assertEquals(0.5, term(session.step(), "r1"), 1e-6);
      assertEquals(0.5 * 0.7 * 0.7, term(session.step(), "r1"), 1e-6);
    }
  }

  @Test
  void r2FlattensAtFakesWithOrWithoutR1() {
    try (Session both =
            open(
                new R1Penalty(new R1Penalty.Options(1, 2, List.of())),
                PenaltiesInTrainingTest::linear);
        Session fakes =
            open(
                new R1Penalty(new R1Penalty.Options(0, 3, List.of())),
                PenaltiesInTrainingTest::linear)) {
      Map<String, Double> step = both.step();
      assertEquals(0.5, term(step, "r1"), 1e-6);
      assertEquals(0.5, term(step, "r2"), 1e-6);
      // The gradient of a linear critic is constant, so the gammas add up.
      assertEquals(0.5 * 0.7 * 0.7, term(both.step(), "r2"), 1e-6);

      assertFalse(fakes.step().containsKey("discriminator/r1"));
      assertEquals(0.5 * 0.7 * 0.7, term(fakes.step(), "r2"), 1e-6);
    }
  }

  @Test
  void theNoisePenaltyWeightsTheNormByTheErrorOfTheCritic(NDManager manager) {
    NDArray scores = manager.create(new double[][] {{2}, {-1}});
    NDArray squared = manager.create(new double[] {1, 4});

    // Sigmoids of 0.880797 and 0.268941.
    assertClose(1e-6, NoisePenalty.realPenalty(scores, squared), 1.075998);
    assertClose(1e-6, NoisePenalty.fakePenalty(scores, squared), 0.532561);
    assertDifferentiable(
        manager,
        s ->
            NoisePenalty.realPenalty(s.reshape(2, 1), squared)
                .add(NoisePenalty.fakePenalty(s, squared)),
        new double[] {0.7, -1.2});
  }

  @Test
  void theNoisePenaltyFallsToItsFinalShare() {
    Regularizer penalty = new NoisePenalty(new NoisePenalty.Options(1e-9, 0.01, List.of()));
    try (Session session = open(penalty, PenaltiesInTrainingTest::linear)) {
      for (int step = 0; step < TinyGame.STEPS; step++) {
        Map<String, Double> reported = session.step();
        double expected = Math.pow(0.01, step / (double) TinyGame.STEPS);
        assertEquals(expected, reported.get("noise-penalty-share"), 1e-6);
        // Squared sigmoids of real samples and of fakes, times a squared norm of 1/2.
        double most = 0.5 * expected;
        assertTrue(term(reported, "noise-penalty") < most, reported.toString());
        assertTrue(term(reported, "noise-penalty-2") < most, reported.toString());
      }
    }
  }

  @Test
  void draganPenalisesALinearCriticLikeTheGradientPenalty() {
    for (DraganPenalty.NoiseKind noise : DraganPenalty.NoiseKind.values()) {
      Regularizer penalty =
          new DraganPenalty(
              new DraganPenalty.Options(1, 1, false, noise, 0.5, List.of("discriminator")));
      try (Session session = open(penalty, PenaltiesInTrainingTest::linear)) {
        double distance = 1 - Math.sqrt(0.5);
        assertEquals(distance * distance, term(session.step(), "dragan"), 1e-6);
      }
    }
  }

  @Test
  void theNormOfAPackedCriticIsOverWholePacks() {
    Regularizer pairs = graph -> graph.network("discriminator").pack(2);
    Regularizer penalty = new GradientPenalty(new GradientPenalty.Options(1, 0, false, List.of()));

    try (Session session =
        Session.open(
            TrainingGraph.build(
                TinyGame.withNetwork(
                    TinyGame.of(new ZeroLoss(), pairs, penalty),
                    ComponentKind.DISCRIMINATOR,
                    PenaltiesInTrainingTest::linear)))) {
      // Two points of two values, with a weight of 1/2 each.
      assertEquals(1, term(session.step(), "gradient-penalty"), 1e-6);
    }
  }

  @Test
  void theNormOfASampleWithItsCodeIgnoresTheEncoder() {
    Regularizer[] penalties = {
      new R1Penalty(new R1Penalty.Options(2, 0, List.of())),
      new R1Penalty(new R1Penalty.Options(0, 2, List.of())),
      new GradientPenalty(new GradientPenalty.Options(1, 0, false, List.of())),
      new DraganPenalty(
          new DraganPenalty.Options(1, 0, false, DraganPenalty.NoiseKind.UNIFORM, 0.5, List.of()))
    };
    String[] names = {"r1", "r2", "gradient-penalty", "dragan"};
    for (int i = 0; i < penalties.length; i++) {
      try (Session session =
          Session.open(TrainingGraph.build(JointCriticGame.game(penalties[i])))) {
        // Four values with a weight of 1/2 each; through the codes it would be 8.5.
        assertEquals(1, term(session.step(), names[i]), 1e-6, names[i]);
      }
    }
  }

  @Test
  void trainingOnAPenaltyAloneReducesIt() {
    Regularizer[] penalties = {
      new GradientPenalty(new GradientPenalty.Options(10, 0, true, List.of())),
      new R1Penalty(new R1Penalty.Options(10, 0, List.of())),
      new NoisePenalty(new NoisePenalty.Options(10, 1, List.of())),
      new DraganPenalty(
          new DraganPenalty.Options(10, 0, false, DraganPenalty.NoiseKind.UNIFORM, 0.5, List.of()))
    };
    String[] names = {"gradient-penalty", "r1", "noise-penalty", "dragan"};
    for (int i = 0; i < penalties.length; i++) {
      try (Session session =
          Session.open(TrainingGraph.build(TinyGame.of(new ZeroLoss(), penalties[i])))) {
        double first = term(session.step(), names[i]);
        double last = first;
        for (int step = 1; step < TinyGame.STEPS; step++) {
          last = term(session.step(), names[i]);
        }
        assertTrue(last < first / 2, names[i] + " went from " + first + " to " + last);
      }
    }
  }

  @Test
  void aRoleThatJudgesNoSamplesIsRefused() {
    Regularizer penalty = new R1Penalty(new R1Penalty.Options(10, 0, List.of("generator")));

    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () -> TrainingGraph.build(TinyGame.of(new ZeroLoss(), penalty)));

    assertTrue(
        refusal
            .getMessage()
            .contains("the generator scores no samples; the roles that do are discriminator"),
        refusal.getMessage());
  }

  private static Session open(Regularizer penalty, Supplier<Block> critic) {
    return Session.open(
        TrainingGraph.build(
            TinyGame.withNetwork(
                TinyGame.of(new ZeroLoss(), penalty), ComponentKind.DISCRIMINATOR, critic)));
  }

  static Block linear() {
    Block critic = Linear.builder().setUnits(1).optBias(false).build();
    critic.setInitializer(new ConstantInitializer(0.5f), Parameter.Type.WEIGHT);
    return critic;
  }

  private static double term(Map<String, Double> step, String name) {
    return step.get("discriminator/" + name);
  }
}
