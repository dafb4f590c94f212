package org.gantry.plugin.relativistic;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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
import org.gantry.tensor.Autograd;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.training.BoundComponent;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class RelativisticLossTest implements ComponentContract {

  private static final double[] REAL = {2, -1, 0.5};
  private static final double[] FAKE = {-1.5, 0.3, 1};

  @Override
  public Object createComponent() {
    return new RelativisticLoss();
  }

  @Test
  void bothLossesMatchReferenceValues(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, RelativisticLoss.pairwiseLoss(real, fake), 0.848279);
    assertClose(1e-6, RelativisticLoss.pairwiseLoss(fake, real), 1.414945);
  }

  @Test
  void theMakersGradientsMatchReferenceValues(NDManager manager) {
    NDArray fake = manager.create(FAKE);
    fake.setRequiresGradient(true);
    try (Autograd autograd = new Autograd(manager)) {
      NDArray loss = RelativisticLoss.pairwiseLoss(fake, manager.create(REAL));
      assertClose(
          1e-6,
          autograd.gradients(manager, loss, new NDList(fake)).get(0),
          -0.323563,
          -0.071388,
          -0.125847);
    }
  }

  @Test
  void aConstantAddedToAllScoresChangesNothing(NDManager manager) {
    NDArray real = manager.create(REAL);
    NDArray fake = manager.create(FAKE);

    assertClose(1e-6, RelativisticLoss.pairwiseLoss(fake.add(7), real.add(7)), 1.414945);
  }

  @Test
  void extremeScoresGiveFiniteLosses(NDManager manager) {
    NDArray far = manager.create(new float[] {-1e4f, 1e4f});

    assertClose(1e-2, RelativisticLoss.pairwiseLoss(far, far.neg()), 1e4);
  }

  @Test
  void makersOfBothSidesMinimiseTheSameTerm() {
    Map<String, Double> values = step("left");

    assertEquals(
        Set.of("discriminator/adversarial", "left/adversarial", "right/adversarial"),
        values.keySet());
    // The players update one after the other, which changes the scores slightly.
    assertEquals(values.get("left/adversarial"), values.get("right/adversarial"), 0.05);
    // A large loss of the makers is a small loss of the discriminator. For a small difference d,
    // softplus(d) + softplus(-d) is little more than twice the logarithm of 2.
    assertEquals(
        2 * Math.log(2),
        values.get("discriminator/adversarial") + values.get("left/adversarial"),
        0.05);
  }

  @Test
  void aMakerOfBothSidesHasOneTerm() {
    Map<String, Double> values = step("right");

    assertEquals(Set.of("discriminator/adversarial", "right/adversarial"), values.keySet());
    // The same network makes both sides from the same codes, so the difference is 0.
    assertEquals(Math.log(2), values.get("discriminator/adversarial"), 1e-6);
    assertEquals(Math.log(2), values.get("right/adversarial"), 1e-6);
  }

  /** One step of a game in which right makes the fakes and another player the real examples. */
  private static Map<String, Double> step(String maker) {
    Composition game = TinyGame.of(new RelativisticLoss());
    Composition made =
        game.withTopology(
            new BoundComponent<>(graph -> wire(graph, maker), game.topology().origin()));
    try (Session session = Session.open(TrainingGraph.build(made))) {
      return session.step();
    }
  }

  private static void wire(Graph graph, String maker) {
    Signal like = graph.real(DatasetField.IMAGE);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes(DatasetField.IMAGE, like);
    graph.pair(
        "adversarial",
        discriminator,
        Example.of(made(graph, maker, like)),
        List.of(maker),
        new FakeExample("", Example.of(made(graph, "right", like)), List.of("right"), 1, 1));
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
