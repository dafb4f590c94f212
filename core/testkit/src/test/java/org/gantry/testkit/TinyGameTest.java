package org.gantry.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class TinyGameTest {

  @Test
  void theDiscriminatorLearnsToDistinguishRealFromGeneratedPoints() {
    try (Session session =
        Session.open(TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss())))) {
      Map<String, Double> first = session.step();
      Map<String, Double> last = first;
      for (int step = 1; step < TinyGame.STEPS; step++) {
        last = session.step();
      }

      assertEquals(Set.of("discriminator/game", "generator/game"), first.keySet());
      double gain = first.get("discriminator/game") - last.get("discriminator/game");
      assertTrue(gain > 0.5, () -> "the loss fell by " + gain);
    }
  }
}
