package org.gantry.plugin.augmentation;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.gantry.loss.ScoreLoss;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.Node;
import org.gantry.training.NodeType;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class AugmentationInTrainingTest {

  /** A loss without a term for the discriminator. */
  private record ZeroLoss() implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return real.mean().add(fake.mean()).mul(0);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().mul(0);
    }
  }

  @Test
  void theDiscriminatorSeesOnlyAugmentedImagesWithSeparateDraws() {
    TrainingGraph graph =
        TrainingGraph.build(
            TinyGame.ofImages(
                new MeanDifferenceLoss(),
                augment(AugmentationPolicy.TRANSLATION, AugmentationPolicy.CUTOUT)));

    List<Node> nodes = graph.nodes();
    List<Node> seen =
        nodes.stream()
            .filter(n -> n.role().equals("discriminator") && n.type() == NodeType.NETWORK)
            .map(n -> nodes.get(n.inputs().get(0)))
            .toList();
    assertEquals(2, seen.size());
    assertTrue(seen.stream().allMatch(n -> n.name().startsWith("cut")), seen.toString());
    assertEquals(4, seen.stream().flatMap(n -> n.inputs().stream().skip(1)).distinct().count());
  }

  @Test
  void everyPolicyTrains() {
    try (Session plain =
            Session.open(TrainingGraph.build(TinyGame.ofImages(new MeanDifferenceLoss())));
        Session changed =
            Session.open(
                TrainingGraph.build(
                    TinyGame.ofImages(
                        new MeanDifferenceLoss(), augment(AugmentationPolicy.values()))))) {
      Map<String, Double> step = changed.step();
      assertNotEquals(plain.step(), step);
      for (int i = 1; i < TinyGame.STEPS; i++) {
        changed.step();
      }
    }
  }

  @Test
  void pointsCannotBeAugmented() {
    for (Regularizer regularizer : List.of(augment(AugmentationPolicy.COLOR), consistency(10, 0))) {
      CompositionException refusal =
          assertThrows(
              CompositionException.class,
              () -> TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), regularizer)));
      assertTrue(
          refusal.getMessage().contains("it needs images of shape (channels, height, width)"),
          refusal.getMessage());
    }
  }

  @Test
  void thePenaltyIsTheMeanSquaredDifferenceOfScores(NDManager manager) {
    NDArray before = manager.create(new double[] {0.5, 1.2});
    NDArray after = manager.create(new double[] {0.1, 1.5});

    assertClose(1e-12, ConsistencyPenalty.meanSquaredDifference(before, after), 0.125);
  }

  @Test
  void aDiscriminatorBecomesInvariantToSmallShifts() {
    try (Session session =
        Session.open(TrainingGraph.build(TinyGame.ofImages(new ZeroLoss(), consistency(1, 0))))) {
      double first = session.step().get("discriminator/consistency");
      double last = first;
      for (int step = 1; step < TinyGame.STEPS; step++) {
        last = session.step().get("discriminator/consistency");
      }
      assertTrue(last < first / 2, first + " to " + last);
    }
  }

  @Test
  void balancedConsistencyAlsoPenalisesFakes() {
    try (Session session =
        Session.open(
            TrainingGraph.build(TinyGame.ofImages(new MeanDifferenceLoss(), consistency(10, 5))))) {
      Map<String, Double> step = session.step();

      assertTrue(step.containsKey("discriminator/consistency"), step.toString());
      assertTrue(step.containsKey("discriminator/consistency-2"), step.toString());
    }
  }

  private static Regularizer augment(AugmentationPolicy... policy) {
    return new DiffAugment(new DiffAugment.Options(List.of(policy), List.of()));
  }

  private static Regularizer consistency(double weight, double fakeWeight) {
    return new ConsistencyPenalty(
        new ConsistencyPenalty.Options(weight, fakeWeight, true, 0.125, List.of()));
  }
}
