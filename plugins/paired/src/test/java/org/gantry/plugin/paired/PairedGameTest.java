package org.gantry.plugin.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gantry.data.DatasetField;
import org.gantry.sampler.ModelInput;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class PairedGameTest {

  @Test
  void generatorMinimisesTheDistanceAndItsLoss() {
    assertEquals(
        Set.of("generator/distance", "generator/adversarial", "discriminator/adversarial"),
        terms(100, 1));
  }

  @Test
  void termsOfWeightZeroAreNotPlayed() {
    assertEquals(Set.of("generator/adversarial", "discriminator/adversarial"), terms(0, 1));
    assertEquals(Set.of("generator/distance", "discriminator/adversarial"), terms(100, 0));
  }

  @Test
  void theGeneratorLearnsTheConditionThatItSees() {
    TrainingGraph graph =
        TopologyGame.build(
            topology(100, 1, DatasetField.LABEL),
            Map.of(Composition.MAIN_DRAW, new ObligingDataset()),
            new ConstancyPenalty(new ConstancyPenalty.Options(15, List.of())));

    assertEquals(
        Set.of(
            "generator/distance",
            "generator/adversarial",
            "generator/constancy",
            "discriminator/adversarial"),
        Set.copyOf(graph.reportedNames()));
    assertEquals(
        Set.of("outline", "label"),
        graph.modelUses().get(0).inputs().stream()
            .map(ModelInput::name)
            .collect(Collectors.toSet()));
    assertEquals(List.of("discriminator", "generator"), graph.players().stream().sorted().toList());
    // Random weights see something else in their result than in what was given.
    try (Session session = Session.open(graph)) {
      assertTrue(session.step().get("generator/constancy") > 1e-6);
    }
  }

  private static PairedTopology topology(double distance, double adversarial, String condition) {
    return new PairedTopology(
        new PairedTopology.Options("outline", distance, adversarial, condition));
  }

  private static Set<String> terms(double distance, double adversarial) {
    return Set.copyOf(
        TopologyGame.build(
                topology(distance, adversarial, ""),
                Map.of(Composition.MAIN_DRAW, new ObligingDataset()))
            .reportedNames());
  }
}
