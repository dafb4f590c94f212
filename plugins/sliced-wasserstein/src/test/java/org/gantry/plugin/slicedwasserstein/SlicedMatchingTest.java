package org.gantry.plugin.slicedwasserstein;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gantry.loss.ScoreLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class SlicedMatchingTest {

  /** A loss without a term for the generator. */
  private record ZeroLoss() implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return real.mean().add(fake.mean()).mul(0);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().mul(0);
    }
  }

  @Test
  void samplesAreComparedByRankAlongEachNormalisedDirection(NDManager manager) {
    NDArray made = manager.create(new double[][] {{2, 0}, {0.5, 7}});
    NDArray real = manager.create(new double[][] {{0, 1}, {1, 5}});

    // Along the first axis 0.5 meets 0, and 2 meets 1.
    NDArray first = manager.create(new double[][] {{3}, {0}});
    assertClose(1e-9, SlicedMatching.distance(made, real, first), (0.25 + 1) / 2);
    // Along the second, 0 meets 1, and 7 meets 5.
    NDArray both = manager.create(new double[][] {{3, 0}, {0, -2}});
    assertClose(1e-9, SlicedMatching.distance(made, real, both), (0.25 + 1 + 1 + 4) / 4);
  }

  @Test
  void theOrderOfTheSamplesDoesNotMatter(NDManager manager) {
    NDArray made = manager.create(new double[][] {{2, 0}, {0.5, 7}});
    NDArray turned = manager.create(new double[][] {{0.5, 7}, {2, 0}});
    NDArray directions = manager.create(new double[][] {{1, 0.3}, {0.5, -2}});

    assertClose(1e-12, SlicedMatching.distance(made, turned, directions), 0);
  }

  @Test
  void gradientsReachTheFakesThroughTheirRanks(NDManager manager) {
    NDArray real = manager.create(new double[][] {{0, 1}, {1, 5}, {-1, 0.5}});
    NDArray directions = manager.create(new double[][] {{1, 0.3}, {0.5, -2}});

    assertDifferentiable(
        manager,
        made -> SlicedMatching.distance(made.reshape(3, 2), real, directions),
        new double[] {2, 0, 0.5, 7, -3, 1});
  }

  @Test
  void trainingOnTheTermMovesTheGeneratorToTheData() {
    SlicedMatching matching = new SlicedMatching(new SlicedMatching.Options(1, 16));
    try (Session session =
        Session.open(TrainingGraph.build(TinyGame.of(new ZeroLoss(), matching)))) {
      double first = session.step().get("generator/sliced-wasserstein");
      double last = first;
      for (int step = 1; step < TinyGame.STEPS; step++) {
        last = session.step().get("generator/sliced-wasserstein");
      }
      assertTrue(last < first / 2, first + " to " + last);
    }
  }
}
