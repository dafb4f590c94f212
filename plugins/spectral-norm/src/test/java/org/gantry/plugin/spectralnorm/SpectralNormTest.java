package org.gantry.plugin.spectralnorm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.layers.Activation;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Flatten;
import org.gantry.layers.TransposedConvolution;
import org.gantry.regularizer.Regularizer;
import org.gantry.tensor.InPlaceCopy;
import org.gantry.tensor.NativeEngine;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class SpectralNormTest {

  @Test
  void aLinearCriticKeepsItsNormDuringTraining() {
    Composition game =
        TinyGame.withNetwork(
            TinyGame.of(new MeanDifferenceLoss(), spectralNorm(3)),
            ComponentKind.DISCRIMINATOR,
            () -> Linear.builder().setUnits(1).build());
    try (Session session = Session.open(TrainingGraph.build(game));
        NDManager manager = NativeEngine.newManager()) {
      for (int step = 0; step < TinyGame.STEPS; step++) {
        session.step();
        NDArray corners = manager.create(new float[] {0, 0, 1, 0, 0, 1}).reshape(3, 2);
        float[] scores =
            session.trainedModel(manager, 1).apply("discriminator", corners).head().toFloatArray();
        assertEquals(3, Math.hypot(scores[1] - scores[0], scores[2] - scores[0]), 1e-4);
      }
    }
  }

  @Test
  void theSlopeOfADeepCriticStaysBelowTheBound() {
    try (Session session =
            Session.open(
                TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), spectralNorm(1))));
        NDManager manager = NativeEngine.newManager()) {
      for (int step = 0; step < TinyGame.STEPS; step++) {
        session.step();
      }
      NDArray points = manager.randomUniform(-4, 4, new Shape(200, 2));
      NDArray moved = points.add(manager.create(new float[] {0.01f, 0}));
      var networks = session.trainedModel(manager, 1);
      float steepest =
          networks
              .apply("discriminator", moved)
              .head()
              .sub(networks.apply("discriminator", points).head())
              .abs()
              .max()
              .getFloat();
      assertTrue(steepest <= 0.01 * 1.02, "rises by " + steepest);
    }
  }

  @Test
  void averagedWeightsAreDividedByTheirOwnSingularValue() {
    // The average stays at the initial weights, while the training moves far away from them.
    Regularizer staying =
        graph ->
            graph.network("discriminator").averageWeights("first", (average, weights, count) -> {});
    Regularizer turning =
        graph -> graph.network("discriminator").afterUpdate("turn", SpectralNormTest::turn);
    Composition game =
        TinyGame.withNetwork(
            TinyGame.of(new MeanDifferenceLoss(), turning, spectralNorm(3), staying),
            ComponentKind.DISCRIMINATOR,
            () -> Linear.builder().setUnits(2).optBias(false).build());
    try (Session session = Session.open(TrainingGraph.build(game));
        NDManager manager = NativeEngine.newManager()) {
      for (int step = 0; step < TinyGame.STEPS; step++) {
        session.step();
      }
      NDArray corners = manager.create(new float[] {1, 0, 0, 1}).reshape(2, 2);
      float[] rows =
          session.trainedModel(manager, 1).apply("discriminator", corners).head().toFloatArray();
      assertEquals(3, largestSingularValue(rows), 1e-3);
    }
  }

  /** Sets a matrix whose largest singular value lies along the second output. */
  private static void turn(NDList weights) {
    NDManager manager = weights.head().getManager();
    try (NDArray turned = manager.create(new float[] {0.1f, 0, 0, 5}, new Shape(2, 2));
        InPlaceCopy inPlace = new InPlaceCopy(manager)) {
      inPlace.copy(weights, new NDList(turned));
    }
  }

  /** The largest singular value of a 2x2 matrix. */
  private static double largestSingularValue(float[] m) {
    double squares = m[0] * m[0] + m[1] * m[1] + m[2] * m[2] + m[3] * m[3];
    double determinant = m[0] * m[3] - m[1] * m[2];
    return Math.sqrt((squares + Math.sqrt(squares * squares - 4 * determinant * determinant)) / 2);
  }

  @Test
  void aResumedTrainingHasTheSameBits(@TempDir Path folder) throws IOException {
    Composition game = TinyGame.of(new MeanDifferenceLoss(), spectralNorm(1));
    try (Session straight = Session.open(TrainingGraph.build(game));
        Session resumed = Session.open(TrainingGraph.build(game))) {
      straight.step();
      straight.step();
      straight.save(folder);
      resumed.restore(folder);
      for (int step = 2; step < TinyGame.STEPS; step++) {
        Map<String, Double> expected = straight.step();
        assertEquals(expected, resumed.step());
      }
    }
  }

  @Test
  void allKindsOfLayersAreNormalisedAndExported(NDManager manager) {
    Block network =
        new SequentialBlock()
            .add(new Convolution(3, new FilterWindow(4, 2, 1), true))
            .add(Activation.LEAKY_RELU.layer())
            .add(new TransposedConvolution(2, new FilterWindow(4, 2, 1), 0, false))
            .add(new Flatten())
            .add(Linear.builder().setUnits(1).build());
    SpectralNormNetwork normalized = new SpectralNormNetwork(network, 1);
    normalized.initialize(manager, DataType.FLOAT32, new Shape(2, 1, 8, 8));

    assertEquals(3, normalized.weightCount());
    ExportAssertions.assertSameOutputs(
        manager, normalized, new NDList(manager.randomNormal(new Shape(2, 1, 8, 8))));
  }

  @Test
  void anUnknownRoleIsRefused() {
    Regularizer misplaced = new SpectralNorm(new SpectralNorm.Options(1, 1, List.of("critic")));

    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () -> TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), misplaced)));

    assertTrue(
        refusal.getMessage().contains("the graph has no network critic"), refusal.getMessage());
  }

  private static Regularizer spectralNorm(double norm) {
    return new SpectralNorm(new SpectralNorm.Options(norm, 1, List.of()));
  }
}
