package org.gantry.runs.internal.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.gantry.component.ComponentKind;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
class WeightsCaptionTest {

  @Test
  void averagedWeightsAreStatedWithTheirComponent() {
    assertEquals(
        "averaged weights of the generator (tried)", caption(averaging(ComponentKind.GENERATOR)));
  }

  @Test
  void aDiscriminatorDrawsNothing() {
    assertEquals(
        "weights of the step, not averaged", caption(averaging(ComponentKind.DISCRIMINATOR)));
    assertEquals("weights of the step, not averaged", caption());
  }

  private static Regularizer averaging(String role) {
    return graph -> graph.network(role).averageWeights("mean", (average, weights, count) -> {});
  }

  private static String caption(Regularizer... regularizers) {
    return WeightsCaption.of(
        TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), regularizers)));
  }
}
