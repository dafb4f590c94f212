package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.component.ComponentKind;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class WeightMemoryTest {

  @Test
  void theMemoryOfWeightsIsEstimatedFromTheParameters() {
    long generator = 3 * 16 + 16 + 16 * 2 + 2;
    long discriminator = 2 * 16 + 16 + 16 * 1 + 1;

    WeightMemory memory = TrainingGraph.build(ToyGame.composition()).weightMemory();

    assertEquals(
        new WeightMemory(
            4 * (generator + discriminator),
            4 * generator,
            4 * (generator + discriminator),
            Map.of("generator", generator, "discriminator", discriminator)),
        memory);
    assertEquals(4 * (3 * generator + 2 * discriminator), memory.bytes());
    assertEquals("generator", memory.largestNetwork());
  }

  @Test
  void averagedWeightsTakeMemoryAndFrozenOnesNeitherGradientsNorOptimizerState() {
    Composition averaged =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph ->
                graph
                    .network("generator")
                    .averageWeights("average", (average, weights, step) -> {}));
    Composition frozen =
        ToyGame.composition()
            .withSetups(
                Map.of(
                    "generator",
                    new NetworkSetup(Optional.empty(), 1, 1, NetworkSetup.ALL_LAYERS)));
    WeightMemory plain = TrainingGraph.build(ToyGame.composition()).weightMemory();

    assertEquals(
        4 * plain.parameters().get("generator"),
        TrainingGraph.build(averaged).weightMemory().weights() - plain.weights());
    assertEquals(
        4 * (3 * 16 + 16),
        plain.optimizerState() - TrainingGraph.build(frozen).weightMemory().optimizerState());
  }

  @Test
  void networksThatFitIntoNoMemoryCanBeMeasured() {
    Composition huge =
        ToyGame.withNetworks(
            ToyGame.composition(),
            Map.of(
                ComponentKind.GENERATOR,
                ToyGame.network(
                    ComponentKind.GENERATOR,
                    List.of("latent"),
                    List.of("image"),
                    site -> ToyGame.mlp(2)),
                ComponentKind.DISCRIMINATOR,
                ToyGame.network(
                    ComponentKind.DISCRIMINATOR,
                    List.of("image"),
                    List.of("score"),
                    site ->
                        new SequentialBlock()
                            .add(Linear.builder().setUnits(1_000_000).build())
                            .add(Linear.builder().setUnits(1_000_000).build())
                            .add(Linear.builder().setUnits(1).build()))));

    WeightMemory memory = TrainingGraph.build(huge).weightMemory();

    assertEquals("discriminator", memory.largestNetwork());
    assertEquals(
        3_000_000L + 1_000_001_000_000L + 1_000_001, memory.parameters().get("discriminator"));
  }
}
