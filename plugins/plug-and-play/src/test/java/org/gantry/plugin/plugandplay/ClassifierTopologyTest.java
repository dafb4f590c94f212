package org.gantry.plugin.plugandplay;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.gantry.data.DatasetField;
import org.gantry.sampler.ModelUse;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class ClassifierTopologyTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new ClassifierTopology(new ClassifierTopology.Options(DatasetField.LABEL));
  }

  private TrainingGraph graph() {
    return TopologyGame.build(
        (ClassifierTopology) createComponent(),
        Map.of(Composition.MAIN_DRAW, new ObligingDataset()));
  }

  @Test
  void onePlayerTrainsBothNetworks() {
    assertEquals(List.of("feature-encoder"), graph().players());
  }

  @Test
  void itGivesClassesAndCodesOfAnImageAndTheImage() {
    assertEquals(
        List.of("classes", "code", "image"),
        graph().modelUses().stream().map(ModelUse::name).toList());
  }

  @Test
  void theCrossEntropyFalls() {
    try (Session session = Session.open(graph())) {
      double first = session.step().get("feature-encoder/classification");
      double last = first;
      for (int i = 0; i < 60; i++) {
        last = session.step().get("feature-encoder/classification");
      }
      assertTrue(last < first, first + " became " + last);
    }
  }

  @Test
  void theAccuracyIsTheShareOfLargestLogitsAtTheLabel(NDManager manager) {
    assertClose(
        1e-6,
        ClassifierTopology.accuracy(
            manager.create(new float[] {1, 2, 3, 0, 5, 4, 1, 2}, new Shape(4, 2)),
            manager.create(new float[] {0, 1, 0, 1, 1, 0, 1, 0}, new Shape(4, 2))),
        .5);
  }
}
