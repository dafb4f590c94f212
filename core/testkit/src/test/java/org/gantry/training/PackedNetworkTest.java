package org.gantry.training;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.ConstantInitializer;
import java.util.ArrayList;
import java.util.List;
import org.gantry.component.ComponentKind;
import org.gantry.graph.Example;
import org.gantry.layers.Pointwise;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.junit.jupiter.api.Test;

/** Networks that take several samples at a time. */
@TensorTest
final class PackedNetworkTest {

  private static final Regularizer IN_TWOS = graph -> graph.network("discriminator").pack(2);

  @Test
  void consecutiveSamplesAreJoinedAlongTheirFirstAxis(NDManager manager) {
    PackedInput packing = new PackedInput(2, null);

    assertEquals(new Shape(3, 2), packing.batch(new Shape(6)));
    assertEquals(new Shape(3, 8), packing.batch(new Shape(6, 4)));
    assertEquals(new Shape(3, 6, 8, 8), packing.batch(new Shape(6, 3, 8, 8)));
    NDArray points = manager.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8}).reshape(4, 2);
    NDArray packs = packing.join(points);
    assertEquals(new Shape(2, 4), packs.getShape());
    assertClose(0, packs, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void aPackIsScoredOnceInATraining() {
    List<Shape> seen = new ArrayList<>();
    Composition game =
        TinyGame.withNetwork(
            TinyGame.of(new MeanDifferenceLoss(), IN_TWOS),
            ComponentKind.DISCRIMINATOR,
            () -> watched(seen));
    TrainingGraph graph = TrainingGraph.build(game);
    try (Session session = Session.open(graph)) {
      session.step();
    }

    assertEquals(List.of(new Shape(2, 4)), seen.stream().distinct().toList());
    for (Node node : graph.nodes()) {
      if (node.role().equals("discriminator") && node.type() == NodeType.NETWORK) {
        assertEquals(List.of(new Shape(2, 1)), node.shapes());
        assertTrue(graph.nodes().get(node.inputs().get(0)).name().startsWith("packed"));
      }
    }
  }

  @Test
  void transformsGetSingleSamplesWhetherTheyAreAddedBeforeOrAfterPacking() {
    List<Shape> seen = new ArrayList<>();
    Regularizer look =
        graph ->
            graph
                .network("discriminator")
                .transformInput(
                    "image",
                    image -> {
                      seen.add(image.shape());
                      return image;
                    });

    TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), look, IN_TWOS));
    TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), IN_TWOS, look));

    assertEquals(List.of(new Shape(TinyGame.BATCH, 2)), seen.stream().distinct().toList());
  }

  @Test
  void aTrainedNetworkPacksItsInputs(NDManager manager) {
    try (Session session =
        Session.open(TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), IN_TWOS)))) {
      NDArray points = manager.ones(new Shape(6, 2));

      assertEquals(
          new Shape(3, 1),
          session.trainedModel(manager, 1).apply("discriminator", points).head().getShape());
    }
  }

  @Test
  void aBatchSizeThatIsNotAMultipleIsRefused() {
    assertRefused(
        "a batch of 4 samples cannot be packed by 3; set the batch to a multiple, such as 6",
        graph -> graph.network("discriminator").pack(3));
  }

  @Test
  void packingIsRefusedAfterTheNetworkIsApplied() {
    Regularizer early =
        graph -> graph.network("discriminator").apply(Example.of(graph.real("image")));

    assertRefused(
        "regularizer/tried has applied the discriminator to single samples already; list the"
            + " component that packs them before it",
        early,
        IN_TWOS);
  }

  @Test
  void packingTwiceIsRefused() {
    assertRefused(
        "the input of the discriminator is packed already, by regularizer/tried", IN_TWOS, IN_TWOS);
  }

  private static void assertRefused(String message, Regularizer... regularizers) {
    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () -> TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), regularizers)));
    assertEquals("regularizer/tried does not fit: " + message, refusal.getMessage());
  }

  private static SequentialBlock watched(List<Shape> seen) {
    Linear linear = Linear.builder().setUnits(1).build();
    linear.setInitializer(new ConstantInitializer(0.5f), Parameter.Type.WEIGHT);
    return new SequentialBlock()
        .add(
            new Pointwise(
                x -> {
                  seen.add(x.getShape());
                  return x;
                }))
        .add(linear);
  }
}
