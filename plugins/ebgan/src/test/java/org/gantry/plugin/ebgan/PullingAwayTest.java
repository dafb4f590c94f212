package org.gantry.plugin.ebgan;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.component.ComponentKind;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.loss.Loss;
import org.gantry.loss.ReconstructionEnergy;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class PullingAwayTest {

  @Test
  void theMeanSquaredCosineMatchesReferenceValuesAtAnyScale(NDManager manager) {
    NDArray codes = manager.create(new double[][] {{1, 0, 1}, {.5, .5, 0}, {1, -1, 2}});

    // Without the square the value would be 0.455342.
    assertClose(1e-6, PullingAwayTerm.alignment(codes), 1.0 / 3);
    assertClose(1e-6, PullingAwayTerm.alignment(codes.mul(-7)), 1.0 / 3);
    assertClose(1e-6, PullingAwayTerm.alignment(codes.reshape(3, 1, 3, 1)), 1.0 / 3);
  }

  @Test
  void theCosinesOfPairsMatchReferenceValues(NDManager manager) {
    NDArray codes = manager.create(new double[][] {{1, 0, 1}, {.5, .5, 0}, {1, -1, 2}});

    assertClose(1e-6, PullingAwayTerm.alignment(codes.get(":2")).sqrt(), 0.5);
    assertClose(1e-6, PullingAwayTerm.alignment(codes.get("0::2")).sqrt(), 0.866025);
    assertClose(1e-6, PullingAwayTerm.alignment(codes.get("1:")), 0);
  }

  @Test
  void theWeightedGeneratorLossMatchesAReferenceValue(NDManager manager) {
    NDArray codes = manager.create(new double[][] {{1, 0, 1}, {.5, .5, 0}, {1, -1, 2}});
    NDArray residuals = manager.create(new double[][] {{-.5, -.2, .6}, {.8, .4, -.4}});
    double weight = 0.1;

    assertClose(
        1e-6,
        ReconstructionEnergy.NORM
            .compute(residuals)
            .mean()
            .add(PullingAwayTerm.alignment(codes).mul(weight)),
        0.926344);
  }

  @Test
  void orthogonalCodesHaveTheSmallestAndOppositeCodesTheLargestValue(NDManager manager) {
    NDArray right = manager.create(new double[][] {{3, 0}, {0, -2}});
    NDArray opposite = manager.create(new double[][] {{3, 1}, {-6, -2}});

    assertClose(1e-9, PullingAwayTerm.alignment(right), 0);
    assertClose(1e-9, PullingAwayTerm.alignment(opposite), 1);
  }

  @Test
  void theTermIsDifferentiableAndFiniteAtZeroCodes(NDManager manager) {
    assertDifferentiable(
        manager,
        codes -> PullingAwayTerm.alignment(codes.reshape(3, 2)),
        new double[] {.3, -.4, .9, 1.2, -.2, .7});
    assertClose(0, PullingAwayTerm.alignment(manager.zeros(new Shape(3, 2))), 0);
  }

  /** A loss without a term for the generator. */
  private record ZeroLoss() implements Loss {

    @Override
    public void addTerms(AdversarialPair pair, Graph graph) {
      for (FakeExample fake : pair.fakes()) {
        Signal score = pair.discriminator().apply(fake.example()).get("score");
        Signal none = graph.map("none", s -> s.mul(0).mean(), score);
        graph.minimise("discriminator", "none", 1, none);
      }
    }
  }

  @Test
  void onlyTheGeneratorMinimisesTheTerm() {
    PullingAwayTerm regularizer =
        new PullingAwayTerm(new PullingAwayTerm.Options(1, "score", List.of()));
    try (Session session =
        Session.open(
            TrainingGraph.build(
                TinyGame.withNetwork(
                    TinyGame.of(new ZeroLoss(), regularizer),
                    ComponentKind.DISCRIMINATOR,
                    () -> Linear.builder().setUnits(8).build())))) {
      Map<String, Double> step = session.step();
      assertEquals(Set.of("discriminator/none", "generator/pulling-away"), step.keySet());
      double first = step.get("generator/pulling-away");
      double last = first;
      for (int i = 0; i < 100; i++) {
        last = session.step().get("generator/pulling-away");
      }
      assertTrue(last < 0.9 * first, first + " became " + last);
    }
  }

  @Test
  void aDiscriminatorWithoutTheCodesIsRefused() {
    PullingAwayTerm regularizer =
        new PullingAwayTerm(new PullingAwayTerm.Options(1, "code", List.of()));

    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () -> TrainingGraph.build(TinyGame.of(new ZeroLoss(), regularizer)));

    assertEquals(
        "regularizer/tried reads the port code of the discriminator, but discriminator/tiny"
            + " (testkit) gives score",
        refusal.getMessage());
  }
}
