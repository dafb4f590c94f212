package org.gantry.plugin.layernoise;

import static org.gantry.testkit.ArrayAssertions.toDoubles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class LayerNoiseTest {

  @Test
  void noiseChangesTrainingButNotUse(NDManager manager) {
    try (Session plain = open();
        Session input = open(noise(0.3, 0));
        Session layers = open(noise(0, 0.5))) {
      double[] scores = scores(plain, manager);
      assertArrayEquals(scores, scores(input, manager));
      assertArrayEquals(scores, scores(layers, manager));

      double expected = loss(plain.step());
      assertNotEquals(expected, loss(input.step()), 1e-4);
      assertNotEquals(expected, loss(layers.step()), 1e-4);
    }
  }

  @Test
  void theSameSeedDrawsTheSameNoise() {
    try (Session one = open(noise(0.3, 0.5));
        Session other = open(noise(0.3, 0.5))) {
      for (int step = 0; step < 3; step++) {
        assertEquals(one.step(), other.step());
      }
    }
  }

  @Test
  void aNetworkOfOneLayerCanOnlyGetNoiseOnItsInput() {
    open(ComponentKind.DISCRIMINATOR, noise(0.3, 0.5)).close();

    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () -> open(ComponentKind.DISCRIMINATOR, noise(0, 0.5)).close());

    assertEquals(
        "regularizer/tried does not fit: the discriminator is not a sequence of layers, so only its"
            + " input can get noise; set input-sigma above 0",
        refusal.getMessage());
  }

  /** A block that hides its layers, like a regularizer that computes with other weights. */
  private static final class OpaqueBlock extends AbstractBlock {

    private final Block network;

    OpaqueBlock(Block network) {
      this.network = addChildBlock("network", network);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      network.initialize(manager, type, inputs);
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
      return network.forward(store, inputs, training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return network.getOutputShapes(inputs);
    }
  }

  @Test
  void layersThatAnotherRegularizerHidesAreRefused() {
    Regularizer hiding = graph -> graph.network("discriminator").wrap(OpaqueBlock::new);
    open(noise(0.3, 0.5), hiding).close();
    open(hiding, noise(0.3, 0)).close();

    CompositionException refusal =
        assertThrows(CompositionException.class, () -> open(hiding, noise(0.3, 0.5)).close());

    assertEquals(
        "regularizer/tried does not fit: another block hides the layers of the discriminator, so"
            + " only its input can get noise; if another regularizer wraps it, list that"
            + " regularizer later, or set sigma to 0",
        refusal.getMessage());
  }

  @Test
  void aGeneratorCanGetNoiseToo() {
    LayerNoise noise = new LayerNoise(new LayerNoise.Options(0, 0.1, List.of("generator")));
    try (Session plain = open();
        Session noisy = open(noise)) {
      assertNotEquals(loss(plain.step()), loss(noisy.step()), 1e-4);
    }
  }

  private static Regularizer noise(double inputSigma, double sigma) {
    return new LayerNoise(new LayerNoise.Options(inputSigma, sigma, List.of()));
  }

  private static Session open(Regularizer... regularizers) {
    return Session.open(TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), regularizers)));
  }

  private static Session open(String kind, Regularizer regularizer) {
    return Session.open(
        TrainingGraph.build(
            TinyGame.withNetwork(
                TinyGame.of(new MeanDifferenceLoss(), regularizer),
                kind,
                () -> Linear.builder().setUnits(1).build())));
  }

  private static double[] scores(Session session, NDManager manager) {
    NDArray points = manager.ones(new Shape(3, 2));
    return toDoubles(session.trainedModel(manager, 1).apply("discriminator", points).head());
  }

  private static double loss(Map<String, Double> step) {
    return step.get("discriminator/game");
  }
}
