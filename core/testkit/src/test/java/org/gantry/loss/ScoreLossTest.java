package org.gantry.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class ScoreLossTest {

  @Test
  void thePlayerThatMakesTheRealExampleGetsATerm() {
    Map<String, Double> values = step(List.of("left"), "");

    assertEquals(
        Set.of("discriminator/adversarial", "left/adversarial", "right/adversarial"),
        values.keySet());
  }

  @Test
  void termsHaveTheNameOfTheirFake() {
    Map<String, Double> values = step(List.of("left"), "second");

    assertEquals(
        Set.of("discriminator/second", "left/adversarial", "right/second"), values.keySet());
  }

  @Test
  void thePlayerThatMakesTheRealExampleMinimisesTheMirroredLoss() {
    // The same network makes both examples from the same codes, so their scores are equal.
    Map<String, Double> values = step(List.of("right"), "second");

    assertEquals(0, values.get("discriminator/second"), 1e-6);
    assertEquals(-values.get("right/second"), values.get("right/adversarial"), 1e-6);
  }

  /** Returns the terms of one step of a game in which networks make both examples. */
  private static Map<String, Double> step(List<String> realMakers, String fakeName) {
    Composition game = TinyGame.of(new MeanDifferenceLoss());
    Composition made =
        game.withTopology(
            new BoundComponent<>(g -> wire(g, realMakers, fakeName), game.topology().origin()));
    try (Session session = Session.open(TrainingGraph.build(made))) {
      return session.step();
    }
  }

  private static void wire(Graph graph, List<String> realMakers, String fakeName) {
    Signal like = graph.real(DatasetField.IMAGE);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes(DatasetField.IMAGE, like);
    Signal real = made(graph, realMakers.get(0), like);
    Signal fake = made(graph, "right", like);
    graph.pair(
        "adversarial",
        discriminator,
        Example.of(real),
        realMakers,
        new FakeExample(fakeName, Example.of(fake), List.of("right"), 1, 1));
  }

  private static Signal made(Graph graph, String role, Signal like) {
    Signal code = graph.latent("z");
    return graph
        .network(role, ComponentKind.GENERATOR)
        .takes("latent", code)
        .gives(DatasetField.IMAGE, like)
        .apply(code)
        .get(DatasetField.IMAGE);
  }
}
