package org.gantry.plugin.imagepool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.loss.ScoreLoss;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class ImagePoolTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return pool(50);
  }

  private static ImagePool pool(int size) {
    return new ImagePool(new ImagePool.Options(size, List.of()));
  }

  /** Reports how far the discriminator's fakes are from the new ones. */
  private static final class ReportingLoss implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return fake.mean().sub(real.mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mean().neg();
    }

    @Override
    public void addTerms(org.gantry.graph.AdversarialPair pair, Graph graph) {
      Signal pooled = pair.fakes().get(0).example().signals().get(0);
      Signal made = pair.fakes().get(1).example().signals().get(0);
      graph.watch("replaced", graph.map("replaced", ImagePoolTest::differingRows, pooled, made));
      ScoreLoss.super.addTerms(pair, graph);
    }
  }

  private static NDArray differingRows(NDArray first, NDArray second) {
    return first.sub(second).abs().sum(new int[] {1}).sign().sum();
  }

  private static Composition game(Regularizer pool) {
    return TinyGame.of(new ReportingLoss(), pool).withSteps(100);
  }

  private static List<Double> replaced(int size, int steps) {
    List<Double> counts = new ArrayList<>();
    try (Session session = Session.open(TrainingGraph.build(game(pool(size))))) {
      for (int i = 0; i < steps; i++) {
        counts.add(session.step().get("replaced"));
      }
    }
    return counts;
  }

  @Test
  void theFirstFakesFillThePool() {
    assertEquals(0.0, replaced(6, 1).get(0));
  }

  @Test
  void aboutHalfOfTheLaterFakesAreEarlierOnes() {
    List<Double> counts = replaced(6, 60);
    double mean = counts.stream().skip(10).mapToDouble(Double::doubleValue).average().orElseThrow();
    assertEquals(TinyGame.BATCH / 2.0, mean, 0.5);
  }

  @Test
  void aPoolContinuesExactlyAfterACheckpoint(@TempDir Path folder) throws IOException {
    TrainingGraph graph = TrainingGraph.build(game(pool(6)));
    try (Session whole = Session.open(graph)) {
      for (int i = 0; i < 10; i++) {
        whole.step();
      }
      whole.save(folder);
      try (Session resumed = Session.resume(graph, folder)) {
        for (int i = 0; i < 5; i++) {
          assertEquals(whole.step(), resumed.step());
        }
      }
    }
  }

  @Test
  void aSmallPoolHoldsAtLeastABatch() {
    assertTrue(replaced(1, 20).stream().anyMatch(count -> count > 0));
  }
}
