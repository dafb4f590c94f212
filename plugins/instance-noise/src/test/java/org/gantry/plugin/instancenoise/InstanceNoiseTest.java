package org.gantry.plugin.instancenoise;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.Node;
import org.gantry.training.NodeType;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class InstanceNoiseTest {

  @Test
  void noiseIsAddedInUnitsOfSigmaAndNotClipped(NDManager manager) {
    NDArray image = manager.create(new double[] {1, -1, 0.5});
    NDArray draw = manager.create(new double[] {2, -1, 0});

    assertClose(1e-12, InstanceNoise.addNoise(image, draw, manager.create(0.5)), 2, -1.5, 0.5);
  }

  @Test
  void gradientsPassThroughTheNoiseUnchanged(NDManager manager) {
    NDArray draw = manager.create(new double[] {2, -1, 0});

    assertDifferentiable(
        manager,
        image -> InstanceNoise.addNoise(image, draw, manager.create(0.5)).square().sum(),
        new double[] {1, -1, 0.5});
  }

  @Test
  void noiseTurnsTheCirclingOfTwoPointMassesIntoConvergence(NDManager manager) {
    // The eigenvalues of their field of gradients at the equilibrium.
    assertEigenvalues(manager, 0, new Eigenvalues(0, -0.25));
    assertEigenvalues(manager, 1, new Eigenvalues(-0.25, -0.433013 * 0.433013));
    Eigenvalues strong = assertEigenvalues(manager, 2, new Eigenvalues(-1, 0.866025 * 0.866025));
    assertEquals(-0.133975, strong.middle + Math.sqrt(strong.square), 1e-5);
    assertEquals(-1.866025, strong.middle - Math.sqrt(strong.square), 1e-5);
  }

  /** The pair of eigenvalues, the middle plus and minus the root of the square. */
  private record Eigenvalues(double middle, double square) {}

  /** The game of a point mass at 0 and one at theta, with the discriminator psi x. */
  private static Eigenvalues assertEigenvalues(
      NDManager manager, double sigma, Eigenvalues expected) {
    double h = 1e-3;
    double here = value(manager, 0, 0, sigma);
    double thetas = (value(manager, h, 0, sigma) - 2 * here + value(manager, -h, 0, sigma)) / h / h;
    double psis = (value(manager, 0, h, sigma) - 2 * here + value(manager, 0, -h, sigma)) / h / h;
    double mixed =
        (value(manager, h, h, sigma)
                - value(manager, h, -h, sigma)
                - value(manager, -h, h, sigma)
                + value(manager, -h, -h, sigma))
            / (4 * h * h);
    double half = (psis - thetas) / 2;
    Eigenvalues found = new Eigenvalues(half, half * half + thetas * psis - mixed * mixed);
    assertEquals(expected.middle, found.middle, 1e-5);
    assertEquals(expected.square, found.square, 1e-5);
    return found;
  }

  /** The discriminator's objective, over draws of -1 and 1. */
  private static double value(NDManager manager, double theta, double psi, double sigma) {
    NDArray draws = manager.create(new double[] {-1, 1});
    NDArray level = manager.create(sigma);
    NDArray real =
        InstanceNoise.addNoise(manager.zeros(draws.getShape(), DataType.FLOAT64), draws, level);
    NDArray fake =
        InstanceNoise.addNoise(manager.create(new double[] {theta, theta}), draws, level);
    NDArray costs = softPlus(real.mul(-psi)).add(softPlus(fake.mul(psi)));
    return -costs.mean().toDoubleArray()[0];
  }

  private static NDArray softPlus(NDArray x) {
    return x.exp().add(1).log();
  }

  @Test
  void sigmaFollowsItsSchedule() {
    try (Session session = open(noise(0.5, NoiseSchedule.LINEAR))) {
      for (int step = 0; step < TinyGame.STEPS; step++) {
        double expected = 0.5 * Math.max(0, 1 - step / (0.8 * TinyGame.STEPS));
        assertEquals(expected, session.step().get("instance-noise"), 1e-6);
      }
    }
  }

  @Test
  void realAndFakeGetSeparateDraws() {
    TrainingGraph graph =
        TrainingGraph.build(
            TinyGame.of(new MeanDifferenceLoss(), noise(0.5, NoiseSchedule.CONSTANT)));

    List<Node> nodes = graph.nodes();
    List<Node> noisy = nodes.stream().filter(n -> n.name().startsWith("noisy")).toList();
    assertEquals(2, noisy.size());
    assertEquals(2, noisy.stream().map(n -> n.inputs().get(0)).distinct().count());
    assertEquals(2, noisy.stream().map(n -> n.inputs().get(1)).distinct().count());
    assertTrue(
        nodes.stream()
            .filter(n -> n.role().equals("discriminator") && n.type() == NodeType.NETWORK)
            .allMatch(n -> nodes.get(n.inputs().get(0)).name().startsWith("noisy")));
  }

  @Test
  void zeroSigmaDoesNotChangeTheTraining() {
    try (Session plain = open();
        Session silent = open(noise(0, NoiseSchedule.CONSTANT));
        Session noisy = open(noise(0.5, NoiseSchedule.CONSTANT))) {
      Map<String, Double> expected = plain.step();

      assertEquals(expected.get("discriminator/game"), silent.step().get("discriminator/game"));
      assertNotEquals(expected.get("discriminator/game"), noisy.step().get("discriminator/game"));
    }
  }

  @Test
  void accuracyIsTheShareOfRealSamplesThatScoreHigher(NDManager manager) {
    NDArray real = manager.create(new float[] {2, -1, 0.5f, 3});
    NDArray fake = manager.create(new float[] {-1.5f, 0.3f, 0.5f, 2.9f});

    assertClose(1e-6, InstanceNoise.accuracy(real, fake), 0.625);
    assertClose(0, InstanceNoise.accuracy(real, real), 0.5);
  }

  @Test
  void adaptiveNoiseRisesWhenTheDiscriminatorWinsAndFallsWhenItLoses() {
    assertEquals(0.505, InstanceNoise.adaptSigma(0.5, 0.81), 1e-12);
    assertEquals(0.5, InstanceNoise.adaptSigma(0.5, 0.7));
    assertEquals(0.5 / 1.01, InstanceNoise.adaptSigma(0.5, 0.59), 1e-12);
  }

  @Test
  void adaptiveNoiseChangesByAtMostOnePercentPerStep() {
    try (Session session = open(noise(0.5, NoiseSchedule.ADAPTIVE))) {
      double before = session.step().get("instance-noise");
      assertEquals(0.5, before, 1e-6);
      for (int step = 1; step < TinyGame.STEPS; step++) {
        double now = session.step().get("instance-noise");
        double ratio = now / before;
        assertTrue(
            List.of(1 / 1.01, 1.0, 1.01).stream().anyMatch(r -> Math.abs(r - ratio) < 1e-5),
            () -> "moved by " + ratio);
        before = now;
      }
      assertNotEquals(0.5, before, 1e-6);
    }
  }

  @Test
  void aNetworkThatTakesNoImagesIsRefused() {
    Regularizer misplaced =
        new InstanceNoise(
            new InstanceNoise.Options(0.5, NoiseSchedule.LINEAR, 0.8, 0.005, List.of("generator")));

    CompositionException refusal =
        assertThrows(CompositionException.class, () -> open(misplaced).close());

    assertTrue(
        refusal.getMessage().contains("the generator has no input port image"),
        refusal.getMessage());
  }

  private static Regularizer noise(double sigma, NoiseSchedule fall) {
    return new InstanceNoise(new InstanceNoise.Options(sigma, fall, 0.8, 0.005, List.of()));
  }

  private static Session open(Regularizer... regularizers) {
    return Session.open(TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), regularizers)));
  }
}
