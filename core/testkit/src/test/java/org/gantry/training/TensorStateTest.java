package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.graph.TensorState;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class TensorStateTest {

  /** The running mean of the fakes, which the step reports. */
  private static void runningMean(Graph graph) {
    Signal fake = graph.pairs().get(0).fakes().get(0).example().signals().get(0);
    TensorState mean = graph.state("mean", new Shape(2), 0);
    mean.setRule(
        (value, signals) -> value.mul(0.9f).add(signals.get(0).mean(new int[] {0}).mul(0.1f)),
        fake);
    graph.watch("mean-norm", graph.map("norm", v -> v.square().sum(), mean.signal()));
  }

  private static Composition game() {
    return ToyGame.withRegularizer(ToyGame.composition(), TensorStateTest::runningMean);
  }

  @Test
  void theRuleGivesTheValueOfTheNextStep() {
    try (Session session = Session.open(TrainingGraph.build(game()))) {
      assertEquals(0.0, session.step().get("mean-norm"));
      assertTrue(session.step().get("mean-norm") > 0);
    }
  }

  @Test
  void anArrayContinuesExactlyAfterACheckpoint(@TempDir Path folder) throws IOException {
    TrainingGraph graph = TrainingGraph.build(game());
    try (Session whole = Session.open(graph)) {
      whole.step();
      whole.step();
      whole.save(folder);
      assertTrue(Files.exists(folder.resolve("session.arrays.safetensors")));
      try (Session resumed = Session.resume(graph, folder)) {
        assertEquals(whole.step(), resumed.step());
        assertEquals(whole.step(), resumed.step());
      }
    }
  }

  @Test
  void anArrayGoesAlongWhenTheGraphChanges() {
    try (Session before = Session.open(TrainingGraph.build(game()))) {
      before.step();
      before.step();
      try (Session after = before.recompose(TrainingGraph.build(game()))) {
        Map<String, Double> expected = before.step();
        assertEquals(expected, after.step());
      }
    }
  }

  @Test
  void aRuleThatChangesTheShapeIsNamed() {
    Composition game =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph ->
                graph
                    .state("pool", new Shape(4), 0)
                    .setRule((value, signals) -> value.reshape(2, 2)));
    try (Session session = Session.open(TrainingGraph.build(game))) {
      assertEquals(
          "the rule of the state pool of regularizer/extra gives the shape (2, 2) instead of (4)",
          assertThrows(IllegalStateException.class, session::step).getMessage());
    }
  }

  @Test
  void aValueOfOneStepIsNotChangedByTheRuleOfAnother(NDManager manager) {
    NDArray[] seen = new NDArray[1];
    Composition game =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph ->
                graph
                    .state("count", new Shape(1), 3)
                    .setRule(
                        (value, signals) -> {
                          seen[0] = value.duplicate();
                          seen[0].attach(manager);
                          return value.add(1);
                        }));
    try (Session session = Session.open(TrainingGraph.build(game))) {
      session.step();
      assertArrayEquals(new float[] {3}, seen[0].toFloatArray());
      session.step();
      assertArrayEquals(new float[] {4}, seen[0].toFloatArray());
    }
  }
}
