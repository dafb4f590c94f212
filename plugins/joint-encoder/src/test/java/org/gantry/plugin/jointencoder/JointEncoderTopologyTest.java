package org.gantry.plugin.jointencoder;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.NormalInitializer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Graph;
import org.gantry.layers.BranchConcat;
import org.gantry.loss.Loss;
import org.gantry.loss.ScoreLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class JointEncoderTopologyTest {

  /** The non-saturating game. */
  private record CrossEntropy() implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return Activation.softPlus(real.neg()).mean().add(Activation.softPlus(fake).mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return Activation.softPlus(fake.neg()).mean();
    }
  }

  /** A loss without a term for the maker of real examples. */
  private record OneSided() implements Loss {

    @Override
    public void addTerms(AdversarialPair pair, Graph graph) {
      graph.minimise(
          pair.discriminator().player(),
          pair.name(),
          1,
          graph.map("gap", NDArray::mean, pair.discriminator().apply(pair.real()).get("score")));
      graph.minimise(
          "generator",
          pair.name(),
          1,
          graph.map(
              "rise",
              NDArray::mean,
              pair.discriminator().apply(pair.fakes().get(0).example()).get("score")));
    }
  }

  @Test
  void theLossesMatchReferenceValues(NDManager manager) {
    ScoreLoss loss = new CrossEntropy();
    NDArray encoded = logits(manager, 0.8, 0.6);
    NDArray decoded = logits(manager, 0.3, 0.5);

    assertClose(1e-6, loss.discriminatorLoss(encoded, decoded), 0.891896);
    assertClose(1e-6, loss.realExampleLoss(encoded).add(loss.generatorLoss(decoded)), 2.211424);
  }

  @Test
  void everyNetworkLearnsFromThePair() {
    assertEquals(
        Set.of("discriminator/adversarial", "generator/adversarial", "encoder/adversarial"),
        firstStep(new CrossEntropy(), false).keySet());
  }

  @Test
  void theInversionErrorCanBeWatched() {
    double distance = firstStep(new CrossEntropy(), true).get("inversion");

    assertTrue(distance > 0 && Double.isFinite(distance), "" + distance);
  }

  @Test
  void codesAreSampledAroundTheirMeans(NDManager manager) {
    NDArray moments = manager.create(new double[][] {{0.5, -1, Math.log(2), 0}});
    NDArray noise = manager.create(new double[][] {{-1, 0.25}});

    assertClose(1e-9, JointEncoderTopology.sampleCodes(moments, noise), -1.5, -0.75);
    assertClose(1e-9, JointEncoderTopology.mean(moments), 0.5, -1);
  }

  @Test
  void aSampledCodeIsDifferentiableInItsMeanAndDeviation(NDManager manager) {
    NDArray noise = manager.create(new double[][] {{-1.2, 0.3}});

    assertDifferentiable(
        manager,
        moments -> JointEncoderTopology.sampleCodes(moments.reshape(1, 4), noise).square().sum(),
        new double[] {.4, -.7, .2, -.5});
  }

  @Test
  void aStochasticEncoderGivesTwoValuesPerCoordinate() {
    assertEquals(
        Set.of(
            "discriminator/adversarial",
            "generator/adversarial",
            "encoder/adversarial",
            "inversion"),
        firstStep(new CrossEntropy(), new JointEncoderTopology.Options(true, true, 0, true), 6)
            .keySet());
    assertTrue(
        assertThrows(
                CompositionException.class,
                () ->
                    firstStep(
                        new CrossEntropy(),
                        new JointEncoderTopology.Options(true, false, 0, true),
                        3))
            .getMessage()
            .contains("the encoder must give latent of shape (6)"));
  }

  @Test
  void theLossesOfVeeganMatchReferenceValues(NDManager manager) {
    // VEEGAN exchanges real and fake, so its logits have the opposite sign.
    NDArray encoded = manager.create(new double[] {-1, 0.3}).neg();
    NDArray decoded = manager.create(new double[] {0.5, -0.2}).neg();
    NDArray codes = manager.create(new double[][] {{0.1, 0.2}, {-0.3, 0.4}});
    NDArray back = manager.create(new double[][] {{0, 0.3}, {-0.1, 0.1}});

    assertClose(1e-6, new CrossEntropy().discriminatorLoss(encoded, decoded), 1.219916);
    NDArray reconstruction = JointEncoderTopology.squaredDistance(codes, back);
    assertClose(1e-9, reconstruction, 0.075);
    assertClose(1e-9, decoded.mean().neg().add(reconstruction), 0.225);
  }

  @Test
  void theDistanceOfCodesIsDifferentiable(NDManager manager) {
    NDArray codes = manager.create(new double[][] {{0.1, 0.2}, {-0.3, 0.4}});

    assertDifferentiable(
        manager,
        back -> JointEncoderTopology.squaredDistance(codes, back.reshape(2, 2)),
        new double[] {0, .3, -.1, .1});
  }

  @Test
  void anEncoderWithoutAdversarialTermLearnsFromCodesAlone() {
    JointEncoderTopology.Options veegan = new JointEncoderTopology.Options(false, false, 1, false);

    assertEquals(
        Set.of(
            "discriminator/adversarial",
            "generator/adversarial",
            "generator/code-reconstruction",
            "encoder/code-reconstruction"),
        firstStep(new CrossEntropy(), veegan, 3).keySet());
  }

  @Test
  void codesAreComparedWithTheMeansOfAStochasticEncoder() {
    JointEncoderTopology.Options options = new JointEncoderTopology.Options(true, false, 2, true);

    Map<String, Double> step = firstStep(new CrossEntropy(), options, 6);

    assertTrue(step.get("encoder/code-reconstruction") > 0, step.toString());
    assertTrue(step.containsKey("encoder/adversarial"), step.toString());
  }

  @Test
  void anEncoderWithoutAnyTermIsRefused() {
    assertTrue(
        assertThrows(
                CompositionException.class,
                () ->
                    firstStep(
                        new CrossEntropy(),
                        new JointEncoderTopology.Options(false, false, 0, false),
                        3))
            .getMessage()
            .contains("learns from code-reconstruction alone, which is 0"));
  }

  @Test
  void aLossWithoutATermForTheEncoderIsRefused() {
    String message =
        assertThrows(CompositionException.class, () -> firstStep(new OneSided(), false))
            .getMessage();

    assertTrue(message.contains("no term of the player encoder reaches the encoder"), message);
  }

  private static NDArray logits(NDManager manager, double... probabilities) {
    return manager.create(DoubleStream.of(probabilities).map(b -> Math.log(b / (1 - b))).toArray());
  }

  private static Map<String, Double> firstStep(Loss loss, boolean inversion) {
    return firstStep(loss, new JointEncoderTopology.Options(false, inversion, 0, true), 3);
  }

  private static Map<String, Double> firstStep(
      Loss loss, JointEncoderTopology.Options options, int encoded) {
    Composition game = TinyGame.of(loss);
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(game.networks());
    networks.put(
        ComponentKind.ENCODER,
        architecture(
            ComponentKind.ENCODER,
            linear(encoded),
            List.of(DatasetField.IMAGE),
            List.of("latent")));
    networks.put(
        ComponentKind.DISCRIMINATOR,
        architecture(
            ComponentKind.DISCRIMINATOR,
            new SequentialBlock()
                .add(new BranchConcat(linear(4), linear(4)))
                .add(Activation.tanhBlock())
                .add(linear(1)),
            List.of(DatasetField.IMAGE, "latent"),
            List.of("score")));
    Composition joint =
        game.withTopology(
                new BoundComponent<>(
                    new JointEncoderTopology(options),
                    new ComponentOrigin(
                        ComponentKind.TOPOLOGY,
                        "joint-encoder",
                        "1.0.0",
                        "here",
                        List.of(),
                        List.of(),
                        "")))
            .withNetworks(networks);
    try (Session session = Session.open(TrainingGraph.build(joint))) {
      return session.step();
    }
  }

  private static BoundComponent<Architecture> architecture(
      String kind, Block block, List<String> takes, List<String> gives) {
    return new BoundComponent<>(
        site -> block, new ComponentOrigin(kind, "tiny", "1.0.0", "here", takes, gives, ""));
  }

  private static Block linear(int units) {
    Block linear = Linear.builder().setUnits(units).build();
    linear.setInitializer(new NormalInitializer(0.5f), Parameter.Type.WEIGHT);
    return linear;
  }
}
