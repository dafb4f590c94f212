package org.gantry.plugin.paired;

import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.testkit.contract.ObligingDataset;
import org.gantry.testkit.contract.TopologyGame;
import org.gantry.topology.Topology;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class ContentDistanceTest implements ComponentContract {

  private static final double[] FIRST = {1, 2, 3, 4};
  private static final double[] SECOND = {3, 0, 5, 2};

  @Override
  public Object createComponent() {
    return content(true);
  }

  /** The weights of arXiv:1609.04802, equation 3 and section 2.2.1. */
  @Test
  void theTermsAddUpToThePerceptualLoss(NDManager manager) {
    double content =
        ContentDistance.meanSquare(manager.create(FIRST), manager.create(SECOND))
            .toDoubleArray()[0];
    double adversarial = 1e-3 * -Math.log(0.25);

    assertEquals(4.0, content, 1e-12);
    assertEquals(0.025386, 0.006 * content + adversarial, 1e-6);
    assertEquals(0.011386, 0.01 + adversarial, 1e-6);
  }

  @Test
  void theGradientMatchesFiniteDifferences(NDManager manager) {
    NDArray right = manager.create(SECOND);

    assertDifferentiable(manager, made -> ContentDistance.meanSquare(made, right), FIRST);
  }

  @Test
  void theScaleMakesBothErrorsEqual() {
    assertEquals(0.0985, ContentDistance.scale(0.197, 2), 1e-12);
    assertEquals(1, ContentDistance.scale(0.1, 0), 0);
  }

  @Test
  void theGeneratorAloneMinimisesTheTermAndTheNetworkStays() {
    TrainingGraph graph = graph(new PairedTopology(options()), false);

    assertTrue(graph.reportedNames().contains("generator/content"));
    assertEquals(2, graph.players().size(), graph.players().toString());
    try (Session session = Session.open(graph)) {
      assertTrue(session.step().get("generator/content") > 1e-6);
    }
  }

  @Test
  void theFirstBatchSetsTheScaleForGood() {
    try (Session session = Session.open(graph(new PairedTopology(options()), true))) {
      Map<String, Double> first = session.step();
      double scale = session.step().get("content-scale");

      assertEquals(0, first.get("content-scale"), 0);
      assertEquals(0, first.get("generator/content"), 0);
      assertTrue(scale > 0);
      assertEquals(scale, session.step().get("content-scale"), 0);
    }
  }

  @Test
  void aTopologyWithoutTheRightImageIsRefused() {
    CompositionException refusal =
        assertThrows(CompositionException.class, () -> graph(ContentDistanceTest::wire, true));

    assertTrue(refusal.getMessage().contains("such as paired"), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
  }

  private static void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent("latent");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", latent)
            .gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    Signal fake = generator.apply(latent).get(DatasetField.IMAGE);
    graph.pair("game", discriminator, Example.of(real), FakeExample.of(fake, "generator"));
  }

  private static ContentDistance content(boolean balanced) {
    return new ContentDistance(
        new ContentDistance.Options(1, balanced, "content-encoder", "features", ""));
  }

  private static PairedTopology.Options options() {
    return new PairedTopology.Options("outline", 100, true, 1, "", 0, true);
  }

  private static TrainingGraph graph(Topology topology, boolean balanced) {
    return TopologyGame.build(
        topology, Map.of(Composition.MAIN_DRAW, new ObligingDataset()), content(balanced));
  }
}
