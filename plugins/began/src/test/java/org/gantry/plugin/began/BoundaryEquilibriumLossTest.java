package org.gantry.plugin.began;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.layers.Autoencoder;
import org.gantry.loss.ReconstructionEnergy;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.topology.Topology;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class BoundaryEquilibriumLossTest {

  @Test
  void theControllerMatchesReferenceValues(NDManager manager) {
    double[][] rows = {
      {0.80, 0.30, 0.800000, 0.100000, 0.900000, 0.000100},
      {0.60, 0.20, 0.599980, 0.100000, 0.700000, 0.000200},
      {0.40, 0.25, 0.399950, -0.050000, 0.450000, 0.000150},
      {0.35, 0.10, 0.349985, 0.075000, 0.425000, 0.000225}
    };
    BoundaryEquilibriumLoss loss = loss(0.5, 0.001, 0);
    double k = 0;
    for (double[] row : rows) {
      NDArray real = manager.create(row[0]);
      NDArray fake = manager.create(row[1]);
      NDArray balance = loss.balance(real, fake);

      assertClose(
          1e-9, BoundaryEquilibriumLoss.discriminatorLoss(real, fake, manager.create(k)), row[2]);
      assertClose(1e-9, balance, row[3]);
      assertClose(1e-9, real.add(balance.abs()), row[4]);
      k = loss.nextK(k, balance.toDoubleArray()[0]);
      assertEquals(row[5], k, 1e-12);
    }
  }

  @Test
  void kStaysBetweenZeroAndOne() {
    BoundaryEquilibriumLoss loss = loss(0.5, 0.001, 0);

    assertEquals(0, loss.nextK(0, 0.5 * 0.2 - 0.9));
    assertEquals(1, loss.nextK(0.9999, 0.5 * 0.8 - 0.1));
  }

  @Test
  void theEnergyIsTheMeanAbsoluteResidual(NDManager manager) {
    NDArray v = manager.create(new double[][] {{1, -1}, {0, .5}});
    NDArray reconstruction = manager.create(new double[][] {{.8, -.6}, {.1, .5}});

    assertClose(
        1e-9, ReconstructionEnergy.MEAN_ABSOLUTE.compute(reconstruction.sub(v)).mean(), 0.175);
  }

  @Test
  void theLossIsDifferentiableInTheResiduals(NDManager manager) {
    assertDifferentiable(
        manager,
        residuals -> {
          NDArray halves = residuals.reshape(2, 2, 2);
          return BoundaryEquilibriumLoss.discriminatorLoss(
              ReconstructionEnergy.MEAN_ABSOLUTE.compute(halves.get(0)).mean(),
              ReconstructionEnergy.MEAN_ABSOLUTE.compute(halves.get(1)).mean(),
              manager.create(0.3));
        },
        new double[] {.3, -.4, .9, 1.2, -.2, .7, .5, -.8});
  }

  @Test
  void everyStepUpdatesKByTheRule() {
    try (Session session = open(loss(0.7, 0.5, 0))) {
      double k = 0;
      for (int i = 0; i < TinyGame.STEPS; i++) {
        Map<String, Double> step = session.step();
        double balance = step.get("balance");
        assertEquals(k, step.get("k"), 1e-6);
        double real = (balance + step.get("generator/game")) / 0.7;
        assertEquals(real + Math.abs(balance), step.get("convergence"), 1e-5);
        k = Math.min(1, Math.max(0, k + 0.5 * balance));
      }
      assertTrue(k > 0, "k moves");
    }
  }

  @Test
  void aResumedTrainingHasTheSameBalanceAndLearningRates(@TempDir Path folder) throws IOException {
    BoundaryEquilibriumLoss loss = loss(0.7, 0.5, 2);
    Map<String, Double> straight = Map.of();
    try (Session session = open(loss)) {
      for (int i = 0; i < 9; i++) {
        straight = session.step();
      }
    }
    try (Session session = open(loss)) {
      for (int i = 0; i < 5; i++) {
        session.step();
      }
      session.save(folder);
    }
    try (Session session = open(loss)) {
      session.restore(folder);
      Map<String, Double> resumed = Map.of();
      for (int i = 0; i < 4; i++) {
        resumed = session.step();
      }
      assertEquals(straight, resumed);
    }
  }

  @Test
  void everyFakeOfEveryPairHasItsOwnBalance() {
    try (Session session = open(loss(0.7, 0.5, 0), BoundaryEquilibriumLossTest::twoGames)) {
      double first = 0;
      double second = 0;
      for (int i = 0; i < TinyGame.STEPS; i++) {
        Map<String, Double> step = session.step();
        assertEquals(first, step.get("k-first"), 1e-6);
        assertEquals(second, step.get("k-second"), 1e-6);
        first = Math.min(1, Math.max(0, first + 0.5 * step.get("balance-first")));
        second = Math.min(1, Math.max(0, second + 0.5 * step.get("balance-second")));
      }
      assertTrue(first > 0 && first != second, first + " and " + second);
    }
  }

  @Test
  void fakesThatDoNotTrainTheDiscriminatorHaveNoBalance() {
    try (Session session = open(loss(0.7, 0.5, 2), BoundaryEquilibriumLossTest::withOnlookers)) {
      assertEquals(
          Set.of(
              "discriminator/game",
              "generator/game",
              "generator/mode",
              "k",
              "balance",
              "convergence",
              "window-steps",
              "window-sum",
              "window-mean",
              "rate-factor"),
          session.step().keySet());
    }
  }

  @Test
  void aDiscriminatorThatScoresIsRefused() {
    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () -> TrainingGraph.build(TinyGame.of(loss(0.5, 0.001, 0))));

    assertTrue(
        refusal.getMessage().contains("reads the port residual of the discriminator"),
        refusal.getMessage());
  }

  private static BoundaryEquilibriumLoss loss(double diversity, double gain, int patience) {
    return new BoundaryEquilibriumLoss(
        new BoundaryEquilibriumLoss.Options(
            diversity, gain, 0, ReconstructionEnergy.MEAN_ABSOLUTE, patience, 0.1));
  }

  /** One generator against two discriminators. */
  private static void twoGames(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal code = graph.latent("latent");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", code)
            .gives(DatasetField.IMAGE, real);
    Signal fake = generator.apply(code).get(DatasetField.IMAGE);
    for (String game : List.of("first", "second")) {
      Network discriminator =
          graph
              .network(game + "-discriminator", ComponentKind.DISCRIMINATOR)
              .takes(DatasetField.IMAGE, real);
      graph.pair(game, discriminator, Example.of(real), FakeExample.of(fake, generator.player()));
    }
  }

  /** The tiny game with fakes that only their makers minimise. */
  private static void withOnlookers(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal code = graph.latent("latent");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", code)
            .gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    Signal others = generator.apply(graph.latent("others")).get(DatasetField.IMAGE);
    graph.pair(
        "game",
        discriminator,
        Example.of(real),
        FakeExample.of(generator.apply(code).get(DatasetField.IMAGE), generator.player()),
        new FakeExample("mode", Example.of(others), List.of(generator.player()), 0, 0.4));
  }

  private static Session open(BoundaryEquilibriumLoss loss) {
    return open(loss, TinyGame.of(loss).topology().component());
  }

  /** The tiny game with autoencoders of one unit as discriminators. */
  private static Session open(BoundaryEquilibriumLoss loss, Topology topology) {
    Composition game = TinyGame.of(loss);
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(game.networks());
    List<String> gives = List.of("residual", "code", "reconstruction");
    BoundComponent<Architecture> autoencoder =
        new BoundComponent<>(
            site ->
                new Autoencoder(
                    Linear.builder().setUnits(1).build(), Linear.builder().setUnits(2).build()),
            new ComponentOrigin(
                ComponentKind.DISCRIMINATOR, "tiny", "1.0.0", "test", List.of("image"), gives, ""));
    for (String role : List.of("discriminator", "first-discriminator", "second-discriminator")) {
      networks.put(role, autoencoder);
    }
    return Session.open(
        TrainingGraph.build(
            game.withTopology(new BoundComponent<>(topology, game.topology().origin()))
                .withNetworks(networks)));
  }
}
