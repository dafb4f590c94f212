package org.gantry.plugin.conditional;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.gantry.architecture.Architecture;
import org.gantry.layers.Activation;
import org.gantry.plugin.conditional.ConditioningAugmentation.DivergenceScale;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@TensorTest
final class ConditioningAugmentationTest implements ComponentContract {

  private static final int SIZE = 3;

  @Override
  public Object createComponent() {
    return augmentation(DivergenceScale.MEAN, false);
  }

  /** A text as a distribution. */
  @Nested
  @TensorTest
  final class OfTexts implements ComponentContract {

    @Override
    public Object createComponent() {
      return gaussian(BagOfWordsCondition.plain());
    }
  }

  @Test
  void thePlayerOfTheGeneratorAloneMinimisesTheDivergence() {
    TrainingGraph graph = TrainingGraph.build(game(0, augmentation(DivergenceScale.MEAN, false)));

    assertEquals(
        List.of("generator/divergence"),
        graph.reportedNames().stream().filter(name -> name.endsWith("divergence")).toList());
  }

  @Test
  void theSumIsTheMeanTimesTheLength() {
    double mean = firstDivergence(DivergenceScale.MEAN);
    double sum = firstDivergence(DivergenceScale.SUM);

    assertNotEquals(0, mean);
    assertEquals(SIZE * mean, sum, 1e-5 * sum);
  }

  @Test
  void samplesOfOneCodeAndConditionDiffer(NDManager manager) {
    for (boolean truncated : new boolean[] {true, false}) {
      float[] drawn = samples(manager, game(0, augmentation(DivergenceScale.SUM, truncated)));
      assertFalse(drawn[0] == drawn[4], "equal samples");
    }
  }

  @Test
  void samplesWithoutTheRegularizerAreThoseOfTheMean(NDManager manager) {
    float[] drawn = samples(manager, game(0));

    assertEquals(drawn[0], drawn[4], 0);
  }

  @Test
  void theSameSeedDrawsTheSameNoise(NDManager manager) {
    Composition game = game(0, augmentation(DivergenceScale.SUM, false));

    assertArrayEquals(samples(manager, game), samples(manager, game), 0);
  }

  @Test
  void distributionsOfTwoConditionsCanBeMixed(NDManager manager) {
    try (Session session =
        Session.open(TrainingGraph.build(game(0, augmentation(DivergenceScale.SUM, false))))) {
      float[] first = mixed(session, manager, 1);
      assertArrayEquals(first, mixed(session, manager, 1), 0);
      assertFalse(first[0] == mixed(session, manager, 0.5f)[0]);
    }
  }

  /** A sample for the first label with a share, and for the second with the rest. */
  private static float[] mixed(Session session, NDManager manager, float share) {
    TrainedModel model = session.trainedModel(manager, 1);
    return model
        .makeMixed(
            model.uses().get(0),
            Map.of("latent", manager.ones(model.prior().shape()).expandDims(0)),
            List.of(
                Map.of("label", manager.create(new float[] {0})),
                Map.of("label", manager.create(new float[] {1}))),
            List.of(new float[] {share}, new float[] {1 - share}))
        .toFloatArray();
  }

  @Test
  void meansOfTwoConditionsStayAsTheyAre() {
    try (Session session =
        Session.open(TrainingGraph.build(game(1, augmentation(DivergenceScale.SUM, false))))) {
      Map<String, Double> step = session.step();
      assertTrue(step.containsKey("generator/divergence"), step.toString());
      assertFalse(step.containsKey("generator/divergence-2"), step.toString());
    }
  }

  @Test
  void aConditionWithoutADeviationIsRefused() {
    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () ->
                TrainingGraph.build(
                    LabelGame.of(
                        new ConditionalTopology.Options("label", 0, 0),
                        new OneHotCondition(),
                        "condition",
                        augmentation(DivergenceScale.MEAN, false))));

    assertTrue(
        refusal.getMessage().contains("no generator has a condition with a deviation"),
        refusal.getMessage());
  }

  private static double firstDivergence(DivergenceScale scale) {
    try (Session session = Session.open(TrainingGraph.build(game(0, augmentation(scale, false))))) {
      return session.step().get("generator/divergence");
    }
  }

  /** Two samples of one code and one label. */
  private static float[] samples(NDManager manager, Composition game) {
    try (Session session = Session.open(TrainingGraph.build(game))) {
      TrainedModel model = session.trainedModel(manager, 1);
      ModelUse use = model.uses().get(0);
      return model
          .make(
              use,
              Map.of(
                  "latent", manager.ones(model.prior().shape()).expandDims(0).repeat(0, 2),
                  "label", manager.create(new float[] {1, 1})))
          .toFloatArray();
    }
  }

  private static GaussianCondition gaussian(Architecture of) {
    return new GaussianCondition(new GaussianCondition.Options(of, SIZE, Activation.LEAKY_RELU));
  }

  private static ConditioningAugmentation augmentation(DivergenceScale scale, boolean truncated) {
    return new ConditioningAugmentation(
        new ConditioningAugmentation.Options(2, scale, truncated, List.of()));
  }

  private static Composition game(double interpolated, ConditioningAugmentation... augmentation) {
    return LabelGame.of(
        new ConditionalTopology.Options("label", 0.5, interpolated),
        gaussian(new OneHotCondition()),
        "condition,log-deviation",
        augmentation);
  }
}
