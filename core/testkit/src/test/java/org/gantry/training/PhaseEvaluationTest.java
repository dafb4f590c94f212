package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** Checks what a session evaluates, records and reuses in the phases of a step. */
@TensorTest
final class PhaseEvaluationTest {

  /** Records for each forward pass in training whether its weights record gradients. */
  private static final class Probe extends AbstractBlock {
    private final Block block;
    private final List<Boolean> recorded;

    Probe(Block block, List<Boolean> recorded) {
      this.block = addChildBlock("probed", block);
      this.recorded = recorded;
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      if (training) {
        recorded.add(block.getParameters().get(0).getValue().getArray().hasGradient());
      }
      return block.forward(store, inputs, training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return block.getOutputShapes(inputShapes);
    }

    @Override
    protected void initializeChildBlocks(
        NDManager manager, DataType dataType, Shape... inputShapes) {
      block.initialize(manager, dataType, inputShapes);
    }
  }

  private static Composition probed(List<Boolean> generator, List<Boolean> discriminator) {
    return ToyGame.withNetworks(
        ToyGame.composition(),
        Map.of(
            ComponentKind.GENERATOR,
            ToyGame.network(
                ComponentKind.GENERATOR,
                List.of("latent"),
                List.of("image"),
                site -> new Probe(ToyGame.mlp(2), generator)),
            ComponentKind.DISCRIMINATOR,
            ToyGame.network(
                ComponentKind.DISCRIMINATOR,
                List.of("image"),
                List.of("score"),
                site -> new Probe(ToyGame.mlp(1), discriminator))));
  }

  @Test
  void theDiscriminatorIsFrozenInThePhaseOfTheGenerator() {
    List<Boolean> discriminator = new ArrayList<>();
    try (Session session =
        Session.open(TrainingGraph.build(probed(new ArrayList<>(), discriminator)))) {
      session.step();
    }
    assertEquals(List.of(true, true, false), discriminator, "real, fake, fake for the generator");
  }

  @Test
  void aGeneratedBatchIsEvaluatedOnceForBothPlayers() {
    List<Boolean> generator = new ArrayList<>();
    try (Session session =
        Session.open(TrainingGraph.build(probed(generator, new ArrayList<>())))) {
      session.step();
      session.step();
    }
    assertEquals(List.of(true, true), generator, "one recorded evaluation per step");
  }

  @Test
  void onlyTheLastOfSeveralDiscriminatorUpdatesRecordsTheGenerator() {
    List<Boolean> generator = new ArrayList<>();
    Composition composition =
        ToyGame.updates(probed(generator, new ArrayList<>()), Map.of("discriminator", 3));
    try (Session session = Session.open(TrainingGraph.build(composition))) {
      session.step();
    }
    assertEquals(List.of(false, false, true), generator);
  }

  @Test
  void noiseOnTheInputOfTheDiscriminatorIsDrawnAgainInEveryPhase() {
    List<Double> noise = new ArrayList<>();
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph ->
                graph
                    .network("discriminator")
                    .transformInput(
                        "image",
                        x ->
                            graph.map(
                                "noised",
                                (a, b) -> {
                                  noise.add((double) b.getFloat(0, 0));
                                  return a.add(b);
                                },
                                x,
                                graph.normal("instance", x.shape()))));
    TrainingGraph graph = TrainingGraph.build(composition);
    try (Session session = Session.open(graph)) {
      noise.clear();
      session.step();
    }
    assertEquals(3, noise.size(), "real and fake for the discriminator, fake for the generator");
    assertEquals(3, noise.stream().distinct().count());
  }
}
