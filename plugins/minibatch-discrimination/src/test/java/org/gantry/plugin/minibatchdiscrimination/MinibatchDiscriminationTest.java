package org.gantry.plugin.minibatchdiscrimination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.regularizer.Regularizer;
import org.gantry.tensor.NativeEngine;
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
final class MinibatchDiscriminationTest {

  @Test
  void aSamplesScoreDependsOnTheOthersOfItsBatch(NDManager manager) {
    try (Session session = Session.open(TrainingGraph.build(game()))) {
      NDArray near = manager.create(new float[] {2, 0, 2, 0.1f}).reshape(2, 2);
      NDArray far = manager.create(new float[] {2, 0, -3, 1}).reshape(2, 2);

      float together =
          session.trainedModel(manager, 1).apply("discriminator", near).head().getFloat(0, 0);
      float apart =
          session.trainedModel(manager, 1).apply("discriminator", far).head().getFloat(0, 0);

      assertNotEquals(together, apart, 1e-3f);
    }
  }

  @Test
  void theDiscriminatorLearnsToUseTheSimilarityOfFakes(@TempDir Path folder) throws IOException {
    // The scores of real and fake batches diverge, and the tensor contributes to it.
    try (Session session = Session.open(TrainingGraph.build(game()));
        NDManager manager = NativeEngine.newManager()) {
      float[] before = tensor(session, manager, folder.resolve("before"));
      double first = session.step().get("discriminator/game");
      double last = first;
      for (int step = 1; step < TinyGame.STEPS; step++) {
        last = session.step().get("discriminator/game");
      }
      float[] after = tensor(session, manager, folder.resolve("after"));

      assertTrue(last < first, first + " to " + last);
      double moved = 0;
      for (int i = 0; i < before.length; i++) {
        moved += Math.abs(after[i] - before[i]);
      }
      assertTrue(moved > 1e-3, "moved by " + moved);
    }
  }

  @Test
  void aResumedTrainingHasTheSameBits(@TempDir Path folder) throws IOException {
    try (Session straight = Session.open(TrainingGraph.build(game()));
        Session resumed = Session.open(TrainingGraph.build(game()))) {
      straight.step();
      straight.save(folder);
      resumed.restore(folder);
      Map<String, Double> expected = straight.step();
      assertEquals(expected, resumed.step());
    }
  }

  @Test
  void aNetworkWithoutALastLayerIsRefused() {
    Composition game =
        TinyGame.withNetwork(
            game(), ComponentKind.DISCRIMINATOR, () -> Linear.builder().setUnits(1).build());

    CompositionException refusal =
        assertThrows(CompositionException.class, () -> TrainingGraph.build(game));

    assertTrue(
        refusal.getMessage().contains("the discriminator has no separate last layer"),
        refusal.getMessage());
  }

  private static float[] tensor(Session session, NDManager manager, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    session.save(folder);
    NDList arrays =
        NDList.decode(manager, Files.readAllBytes(folder.resolve("discriminator.safetensors")));
    return arrays.stream()
        .filter(a -> a.getShape().equals(new Shape(8, 6)))
        .findFirst()
        .orElseThrow()
        .toFloatArray();
  }

  private static Composition game() {
    Regularizer comparing =
        new MinibatchDiscrimination(new MinibatchDiscrimination.Options(2, 3, List.of()));
    return TinyGame.of(new MeanDifferenceLoss(), comparing);
  }
}
