package org.gantry.plugin.unconditional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.component.ComponentKind;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.loss.Loss;
import org.gantry.loss.ScoreLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class UnconditionalTopologyTest {

  /** The mean-difference loss, which records the pairs that it plays. */
  private record RecordingLoss(List<AdversarialPair> pairs) implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return fake.mean().sub(real.mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().neg();
    }

    @Override
    public void addTerms(AdversarialPair pair, Graph graph) {
      pairs.add(pair);
      ScoreLoss.super.addTerms(pair, graph);
    }
  }

  @Test
  void oneDiscriminatorComparesTheDataWithOneGenerator() {
    List<AdversarialPair> pairs = new ArrayList<>();
    TrainingGraph.build(composition(new RecordingLoss(pairs)));
    assertEquals(1, pairs.size());
    AdversarialPair pair = pairs.get(0);
    assertEquals("adversarial", pair.name());
    assertEquals("discriminator", pair.discriminator().role());
    assertEquals(ComponentKind.DISCRIMINATOR, pair.discriminator().kind());
    assertEquals(1, pair.fakes().size());
    assertEquals(List.of("generator"), pair.fakes().get(0).makers());
    Signal real = pair.real().signals().get(0);
    Signal fake = pair.fakes().get(0).example().signals().get(0);
    assertEquals(new Shape(TinyGame.BATCH, 2), real.shape());
    assertEquals(real.shape(), fake.shape());
    assertTrue(!real.name().equals(fake.name()));
  }

  @Test
  void bothSidesLearnFromThePair() {
    TrainingGraph graph = TrainingGraph.build(composition(new RecordingLoss(new ArrayList<>())));
    try (Session session = Session.open(graph)) {
      Map<String, Double> values = session.step();
      assertEquals(Set.of("discriminator/adversarial", "generator/adversarial"), values.keySet());
      assertTrue(values.values().stream().allMatch(Double::isFinite), values::toString);
    }
  }

  private static Composition composition(Loss loss) {
    Composition game = TinyGame.of(loss);
    ComponentOrigin origin =
        new ComponentOrigin(
            ComponentKind.TOPOLOGY, "unconditional", "1.0.0", "here", List.of(), List.of(), "");
    return game.withTopology(new BoundComponent<>(new UnconditionalTopology(), origin));
  }
}
