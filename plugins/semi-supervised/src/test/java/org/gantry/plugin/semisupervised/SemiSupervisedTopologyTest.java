package org.gantry.plugin.semisupervised;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.loss.ScoreLoss;
import org.gantry.metric.EvaluationContext;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.ClassLogits;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ExportAssertions;
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
final class SemiSupervisedTopologyTest {

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

  @Test
  void theScoreIsTheLogitOfBeingRealForAFakeLogitOfZero(NDManager manager) {
    Block layer = SemiSupervisedTopology.head(3);
    layer.setInitializer((m, shape, type) -> m.eye(3), Parameter.Type.WEIGHT);
    layer.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
    NDArray features = manager.create(new float[] {2, 0, -1}).reshape(1, 3);

    NDList outputs = layer.forward(new ParameterStore(manager, false), new NDList(features), true);

    NDArray score = outputs.get(0);
    assertEquals(new Shape(1, 1), score.getShape());
    assertClose(1e-6, score, 2.169846);
    assertClose(1e-6, Activation.sigmoid(score), 0.897509);
    assertClose(1e-6, Activation.softPlus(score), 2.277978);
    assertClose(1e-6, Activation.softPlus(score.neg()), 0.108132);
    assertClose(1e-6, outputs.get(1), 2, 0, -1);
    ExportAssertions.assertSameOutputs(manager, layer, new NDList(features));
  }

  @Test
  void featureMapsAreFlattenedForClassification(NDManager manager) {
    Block layer = SemiSupervisedTopology.head(3);
    layer.initialize(manager, DataType.FLOAT32, new Shape(5, 4, 7, 2));
    NDArray maps = manager.randomUniform(-1, 1, new Shape(5, 4, 7, 2));

    NDList outputs = layer.forward(new ParameterStore(manager, false), new NDList(maps), true);

    assertEquals(new Shape(5, 1), outputs.get(0).getShape());
    assertEquals(new Shape(5, 3), outputs.get(1).getShape());
    ExportAssertions.assertSameOutputs(manager, layer, new NDList(maps));
  }

  @Test
  void theSupervisedTermIsTheCrossEntropy(NDManager manager) {
    NDArray labels = ClassLogits.oneHot(manager.create(new float[] {0, 2}), 3);
    NDArray logits = manager.create(new float[] {2, 0, -1, 2, 0, -1}).reshape(2, 3);

    assertClose(0, labels, 1, 0, 0, 0, 0, 1);
    // 2.169846 - 2 and 2.169846 + 1.
    assertClose(1e-6, ClassLogits.crossEntropy(logits, labels), (0.169846 + 3.169846) / 2);
    assertClose(0, SemiSupervisedTopology.accuracy(logits, labels), 0.5);
    NDArray exact = labels.toType(DataType.FLOAT64, true);
    assertDifferentiable(
        manager,
        l -> ClassLogits.crossEntropy(l.reshape(2, 3), exact),
        new double[] {2, 0, -1, 0.3, -0.5, 1});
  }

  @Test
  void bothPartsOfTheDiscriminatorsLossMatchReferenceValues(NDManager manager) {
    NDArray labelled = manager.create(new double[][] {{2, -1, 0.5}, {0.1, 0.2, 0.3}});
    NDArray fakes = manager.create(new double[][] {{-1, -2, 0}, {0.5, -0.5, -1.5}});
    NDArray labels = manager.create(new double[][] {{1, 0, 0}, {0, 0, 1}});
    NDArray real = score(labelled);
    NDArray fake = score(fakes);

    assertClose(1e-6, real, 2.241311, 1.301943);
    assertClose(1e-6, Activation.sigmoid(real), 0.903898, 0.786162);
    assertClose(1e-6, Activation.sigmoid(fake), 0.600514, 0.712510);
    assertClose(1e-6, ClassLogits.crossEntropy(labelled, labels), 0.621627);
    // The paper uses the mean of the two parts, 0.626444.
    assertClose(2e-6, new CrossEntropy().discriminatorLoss(real, fake), 2 * 0.626444);
  }

  private static NDArray score(NDArray logits) {
    return logits.exp().sum(new int[] {1}).log();
  }

  @Test
  void theDiscriminatorClassifiesUnseenSamples(NDManager manager) {
    try (Session session = Session.open(TrainingGraph.build(game(1, true)))) {
      Map<String, Double> step = session.step();
      double first = step.get("discriminator/supervised");
      for (int i = 1; i < 40; i++) {
        step = session.step();
      }
      assertTrue(step.get("discriminator/supervised") < first / 2, first + " to " + step);

      Map<String, Double> figures =
          new ErrorRate(new ErrorRate.Options("discriminator", 1))
              .evaluate(evaluation(session, manager, true));
      assertEquals(Map.of("error-rate", 0.0, "wrong", 0.0, "of", 70.0), figures);
    }
  }

  @Test
  void withoutTheGameTheDiscriminatorLearnsFromLabelsAlone() {
    try (Session session = Session.open(TrainingGraph.build(game(0, true)))) {
      Map<String, Double> step = session.step();

      assertTrue(step.containsKey("discriminator/supervised"), step.toString());
      assertTrue(!step.containsKey("discriminator/adversarial"), step.toString());
    }
  }

  @Test
  void theErrorRateNeedsHeldOutSamples(NDManager manager) {
    try (Session session = Session.open(TrainingGraph.build(game(1, false)))) {
      ErrorRate metric = new ErrorRate(new ErrorRate.Options("discriminator", 1));

      assertEquals(
          "the data set has no held-out part",
          assertThrows(
                  UnusableComponentException.class,
                  () -> metric.evaluate(evaluation(session, manager, false)))
              .getMessage());
    }
  }

  @Test
  void wrongClassesAreCounted(NDManager manager) {
    NDArray logits = manager.create(new float[] {2, 1, 0, 3, -1, 0}).reshape(3, 2);

    assertEquals(2, ErrorRate.countWrong(logits, new float[] {1, 1, 0}));
  }

  @Test
  void aDiscriminatorWithoutAHeadIsRefused() {
    Composition headless =
        TinyGame.withNetwork(
            game(1, true), ComponentKind.DISCRIMINATOR, org.gantry.layers.Activation.NONE::layer);

    String message =
        assertThrows(CompositionException.class, () -> TrainingGraph.build(headless)).getMessage();

    assertTrue(message.contains("does not consist of a trunk and a head"), message);
  }

  @Test
  void packsAreRefusedInAnyOrder() {
    Composition game = game(1, true);
    Composition packed =
        game.withRegularizers(
            TinyGame.of(new CrossEntropy(), g -> g.network("discriminator").pack(2))
                .regularizers());

    String message =
        assertThrows(CompositionException.class, () -> TrainingGraph.build(packed)).getMessage();

    assertTrue(message.contains("so it cannot judge packs of them"), message);
  }

  private static Composition game(double gameWeight, boolean hasMore) {
    Composition game =
        TinyGame.withFeatures(
            TinyGame.of(new CrossEntropy()), org.gantry.layers.Activation.TANH::layer);
    SemiSupervisedTopology topology =
        new SemiSupervisedTopology(new SemiSupervisedTopology.Options(4, 1, 2, gameWeight));
    return game.withDataset(bound(ComponentKind.DATASET, new ClusterDataset(40, hasMore)))
        .withTopology(bound(ComponentKind.TOPOLOGY, topology));
  }

  private static <T> BoundComponent<T> bound(String kind, T component) {
    return new BoundComponent<>(
        component, new ComponentOrigin(kind, "tried", "1.0.0", "test", List.of(), List.of(), ""));
  }

  private static EvaluationContext evaluation(Session session, NDManager manager, boolean hasMore) {
    return new EvaluationContext() {
      @Override
      public Dataset dataset() {
        return new ClusterDataset(40, hasMore);
      }

      @Override
      public int sampleCount() {
        return 1;
      }

      @Override
      public NDArray samples() {
        return manager.zeros(new Shape(1, 2));
      }

      @Override
      public TrainedModel trainedModel() {
        return session.trainedModel(manager, 1);
      }

      @Override
      public NDManager manager() {
        return manager;
      }

      @Override
      public RandomStreams randomStreams() {
        return new RandomStreams(1);
      }

      @Override
      public Path cacheFolder() {
        return Path.of("unused");
      }
    };
  }
}
