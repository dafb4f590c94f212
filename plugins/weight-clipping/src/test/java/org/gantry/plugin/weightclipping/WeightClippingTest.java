package org.gantry.plugin.weightclipping;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.ConstantInitializer;
import java.util.List;
import org.gantry.component.ComponentKind;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class WeightClippingTest {

  @Test
  void weightsBeyondTheLimitAreClippedInPlace(NDManager manager) {
    Autograd.setRecording(false);
    NDList weights =
        new NDList(
            manager.create(new float[] {-3, -0.1f, 0, 0.1f, 3}), manager.create(new float[] {7}));
    weights.forEach(w -> w.setRequiresGradient(true));

    new WeightClip(0.1).accept(weights);

    assertClose(1e-8, weights.get(0), -0.1f, -0.1f, 0, 0.1f, 0.1f);
    assertClose(1e-8, weights.get(1), 0.1f);
  }

  @Test
  void clippingLeavesNoArrays(NDManager manager) {
    Autograd.setRecording(false);
    NDList weights = new NDList(manager.create(new float[] {-3, 3}));
    WeightClip clip = new WeightClip(0.1);
    clip.accept(weights);
    int arrays = manager.getManagedArrays().size();

    clip.accept(weights);
    clip.accept(new NDList());

    assertEquals(arrays, manager.getManagedArrays().size());
  }

  @Test
  void clippedWeightsBoundTheScores(NDManager manager) {
    WeightClipping clipping = new WeightClipping(new WeightClipping.Options(0.01, List.of()));
    try (Session session =
        Session.open(
            TrainingGraph.build(
                TinyGame.withNetwork(
                    TinyGame.of(new MeanDifferenceLoss(), clipping),
                    ComponentKind.DISCRIMINATOR,
                    WeightClippingTest::steep)))) {
      session.step();

      NDArray score =
          session
              .trainedModel(manager, 1)
              .apply("discriminator", manager.ones(new Shape(1, 2)))
              .head();
      // Both weights started at 5; the bias moves by a tenth of a gradient of zero.
      assertClose(1e-7, score, 0.02);
    }
  }

  @Test
  void anUnknownRoleIsRefused() {
    WeightClipping clipping =
        new WeightClipping(new WeightClipping.Options(0.01, List.of("critic")));

    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () -> TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), clipping)));

    assertTrue(refusal.getMessage().contains("no network critic"), refusal.getMessage());
  }

  private static Block steep() {
    Block critic = Linear.builder().setUnits(1).build();
    critic.setInitializer(new ConstantInitializer(5), Parameter.Type.WEIGHT);
    return critic;
  }
}
