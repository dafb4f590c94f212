package org.gantry.plugin.featurematching;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.layers.Activation;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class FeatureMatchingTest {

  @Test
  void theDistancesMatchThePaperAndTheAuthorsCode(NDManager manager) {
    NDArray real = manager.create(new double[][] {{1, 2}, {3, 0}});
    NDArray fake = manager.create(new double[][] {{0, 1}, {1, 1}});

    assertClose(1e-12, FeatureDistance.SQUARED_NORM.between(real, fake), 2.25);
    assertClose(1e-12, FeatureDistance.MEAN_SQUARE.between(real, fake), 1.125);
    assertClose(1e-12, FeatureDistance.MEAN_ABSOLUTE.between(real, fake), 0.75);
  }

  @Test
  void gradientsReachTheFakesFeatures(NDManager manager) {
    NDArray real = manager.create(new double[][] {{1, 2}, {3, 0.5}});
    for (FeatureDistance distance : FeatureDistance.values()) {
      assertDifferentiable(
          manager,
          fake -> distance.between(real, fake.reshape(2, 2)),
          new double[] {0, 1, 1, -0.3});
    }
  }

  @Test
  void theGeneratorOnlyMatchesTheMeanOfRealFeatures() {
    // The features are the points, so the mean of the fakes moves to that of the data, (2, 0).
    try (Session session = open(matching(false))) {
      Map<String, Double> first = session.step();
      assertFalse(first.containsKey("generator/game"), first.toString());
      assertTrue(first.containsKey("discriminator/game"), first.toString());
      double last = 0;
      for (int step = 1; step < TinyGame.STEPS; step++) {
        last = session.step().get("generator/feature-matching");
      }
      double before = first.get("generator/feature-matching");
      assertTrue(last < before / 2, before + " to " + last);
    }
  }

  @Test
  void theAdversarialTermCanBeKept() {
    try (Session session = open(matching(true))) {
      Map<String, Double> step = session.step();

      assertTrue(step.containsKey("generator/game"), step.toString());
      assertTrue(step.containsKey("generator/feature-matching"), step.toString());
    }
  }

  @Test
  void otherRegularizersSeeTheFakesInAnyOrder() {
    Regularizer other =
        graph ->
            graph.pairs().stream()
                .flatMap(p -> p.fakes().stream())
                .filter(f -> f.generatorWeight() != 0)
                .forEach(
                    f ->
                        graph.minimise(
                            "generator",
                            "other",
                            f.generatorWeight(),
                            graph.map(
                                "size", x -> x.square().mean(), f.example().signals().get(0))));
    try (Session before = open(other, matching(false));
        Session after = open(matching(false), other)) {
      Map<String, Double> step = before.step();

      assertEquals(
          Set.of("discriminator/game", "generator/other", "generator/feature-matching"),
          step.keySet());
      assertEquals(step, after.step());
    }
  }

  @Test
  void aDiscriminatorWithoutFeaturesIsRefused() {
    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () -> TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), matching(false))));

    assertTrue(refusal.getMessage().contains("reads the port features"), refusal.getMessage());
  }

  @Test
  void aRoleThatJudgesNoSamplesIsRefused() {
    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () ->
                open(new FeatureMatching(
                        new FeatureMatching.Options(
                            1, false, FeatureDistance.SQUARED_NORM, List.of("generator"))))
                    .close());

    assertEquals(
        "regularizer/tried does not fit: the generator scores no samples; the roles that do are"
            + " discriminator",
        refusal.getMessage());
  }

  private static Regularizer matching(boolean keepAdversarial) {
    return new FeatureMatching(
        new FeatureMatching.Options(1, keepAdversarial, FeatureDistance.SQUARED_NORM, List.of()));
  }

  private static Session open(Regularizer... regularizers) {
    return Session.open(
        TrainingGraph.build(
            TinyGame.withFeatures(
                TinyGame.of(new MeanDifferenceLoss(), regularizers), Activation.NONE::layer)));
  }
}
