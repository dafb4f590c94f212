package org.gantry.plugin.variationalautoencoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.sampler.ModelUse;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.training.Composition;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class VariationalTopologyTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new VariationalTopology(new VariationalTopology.Options(2, 1));
  }

  private TrainingGraph graph() {
    return TopologyGame.build(
        (VariationalTopology) createComponent(),
        Map.of(Composition.MAIN_DRAW, new ObligingDataset()));
  }

  @Test
  void onePlayerLearnsToRemakeImagesFromCodesLikeThePrior() {
    assertEquals(List.of("autoencoder"), graph().players());
    assertTrue(
        graph()
            .reportedNames()
            .containsAll(Set.of("autoencoder/reconstruction", "autoencoder/divergence")));
  }

  @Test
  void itMakesSamplesCodesAndReconstructions() {
    assertEquals(
        List.of("generator", "code", "reconstruction"),
        graph().modelUses().stream().map(ModelUse::name).toList());
  }
}
