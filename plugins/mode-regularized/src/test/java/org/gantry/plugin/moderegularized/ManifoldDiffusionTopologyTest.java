package org.gantry.plugin.moderegularized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.testkit.TensorTest;
import org.gantry.training.NodeType;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class ManifoldDiffusionTopologyTest {

  private static ManifoldDiffusionTopology topology(boolean fresh) {
    return new ManifoldDiffusionTopology(
        new ManifoldDiffusionTopology.Options(1, 0.01, ReconstructionDistance.L2, false, fresh));
  }

  @Test
  void theLossesMatchReferenceValues() {
    for (boolean fresh : List.of(true, false)) {
      Map<String, Double> values = ReferenceGame.firstStep(topology(fresh));

      assertEquals(1.291149, values.get("manifold-discriminator/manifold"), 1e-5);
      assertEquals(1.206200, values.get("diffusion-discriminator/diffusion"), 1e-5);
      double manifold = values.get("encoder/manifold") + values.get("encoder/reconstruction");
      assertEquals(0.080697, manifold, 1e-5);
      assertEquals(0.857399, values.get("generator/diffusion"), 1e-5);
    }
  }

  @Test
  void theDiffusionGameDoesNotTrainTheEncoder() {
    Map<String, Double> values = ReferenceGame.firstStep(topology(true));

    assertEquals(
        Set.of(
            "manifold-discriminator/manifold",
            "diffusion-discriminator/diffusion",
            "generator/manifold",
            "generator/reconstruction",
            "generator/diffusion",
            "encoder/manifold",
            "encoder/reconstruction"),
        values.keySet());
  }

  @Test
  void theDiffusionGameUsesASeparateBatchByDefault() {
    assertEquals(2, draws(topology(true)));
    assertEquals(1, draws(topology(false)));
    assertTrue(draws(topology(true)) > draws(topology(false)));
  }

  private static long draws(ManifoldDiffusionTopology topology) {
    TrainingGraph graph = ReferenceGame.graph(topology, new ReferenceGame.CrossEntropy(), 0);
    return graph.nodes().stream().filter(n -> n.type() == NodeType.DATA).count();
  }
}
