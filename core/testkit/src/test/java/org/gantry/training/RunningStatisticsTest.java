package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.component.ComponentKind;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.layers.BatchNorm;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** Checks the running statistics of batch normalisation in a trained generator. */
@TensorTest
final class RunningStatisticsTest {

  @Test
  void runningStatisticsMatchTheAveragedWeights(NDManager manager) {
    // The average stays at the initial weights, while the statistics in training follow the others.
    Composition averaged =
        ToyGame.withRegularizer(
            normalised(ToyGame.composition()),
            graph ->
                graph
                    .network("generator")
                    .averageWeights("first", (average, weights, count) -> {}));
    assertStandardised(averaged, manager);
  }

  @Test
  void runningStatisticsMatchThePriorIfTheGeneratorIsAppliedToOtherCodes(NDManager manager) {
    assertStandardised(
        ToyGame.withRegularizer(normalised(untrained()), RunningStatisticsTest::applyFarAway),
        manager);
  }

  /** Asserts that outputs have mean 0 and deviation 1, as the initial gain and shift give. */
  private static void assertStandardised(Composition composition, NDManager manager) {
    try (Session session = Session.open(TrainingGraph.build(composition))) {
      for (int i = 0; i < 100; i++) {
        session.step();
      }
      NDArray codes =
          FloatArrays.fill(
              manager,
              new Shape(4096, 3),
              b -> new ToyGame.Normal().draw(new RandomStreams(3).at("codes"), b));
      NDArray points =
          session.trainedModel(manager, 1).apply("generator", codes).singletonOrThrow();
      NDArray mean = points.mean(new int[] {0});
      NDArray deviation = points.sub(mean).square().mean(new int[] {0}).sqrt();
      ArrayAssertions.assertClose(0.15, mean, 0, 0);
      ArrayAssertions.assertClose(0.15, deviation, 1, 1);
    }
  }

  @Test
  void inspectedSamplesAreDrawnAgainEachTimeIfStatisticsAreRenewedForThem(NDManager manager) {
    List<Double> drawn = new ArrayList<>();
    Composition noisy =
        ToyGame.withRegularizer(
            normalised(untrained()),
            graph -> {
              applyFarAway(graph);
              graph
                  .network("generator")
                  .transformInput(
                      "latent",
                      z ->
                          graph.map(
                              "noised",
                              (a, b) -> {
                                drawn.add((double) b.getFloat(0, 0));
                                return a.add(b);
                              },
                              z,
                              graph.normal("noise", z.shape())));
            });
    Set<Double> lastDraws = new HashSet<>();
    try (Session session = Session.open(TrainingGraph.build(noisy))) {
      for (int i = 0; i < 3; i++) {
        session.step();
        session.samples(manager);
        lastDraws.add(drawn.get(drawn.size() - 1));
      }
    }
    assertEquals(3, lastDraws.size());
  }

  /** Returns a game whose weights do not change. */
  private static Composition untrained() {
    return ToyGame.withOptimizer(ToyGame.composition(), new ConstantWeights());
  }

  /** Appends batch normalisation to the generator of a game. */
  private static Composition normalised(Composition plain) {
    return ToyGame.withNetworks(
        plain,
        Map.of(
            ComponentKind.GENERATOR,
            ToyGame.network(
                ComponentKind.GENERATOR,
                List.of("latent"),
                List.of("image"),
                site -> ((SequentialBlock) ToyGame.mlp(2)).add(new BatchNorm())),
            ComponentKind.DISCRIMINATOR,
            plain.networks().get(ComponentKind.DISCRIMINATOR)));
  }

  /** Applies the generator to codes far from those of the prior. */
  private static void applyFarAway(Graph graph) {
    Signal far =
        graph.map(
            "far", z -> z.mul(9f).add(9f), graph.normal("codes", new Shape(ToyGame.BATCH, 3)));
    Signal made = graph.network("generator").apply(far).get("image");
    graph.minimise("generator", "far", 1, graph.map("size", x -> x.square().mean(), made));
  }

  /** An optimizer that does not change the parameters. */
  private record ConstantWeights() implements Optimizer {
    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(ParameterUpdate update) {}
  }
}
