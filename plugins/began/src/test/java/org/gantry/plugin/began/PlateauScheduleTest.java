package org.gantry.plugin.began;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.gantry.graph.Signal;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class PlateauScheduleTest {

  @Test
  void theFactorHalvesAfterAWindowWithoutImprovement() {
    double[] measure = {9, 1, 4, 4, 3, 5.5, 2, 2, 2, 2, 2, 2, 2};

    assertEquals(
        List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.2),
        factors(measure, new PlateauSchedule(2, 0.2)));
  }

  @Test
  void aWindowOfOneStepComparesConsecutiveSteps() {
    assertEquals(
        List.of(1.0, 1.0, 0.5, 0.5),
        factors(new double[] {2, 3, 1, 4}, new PlateauSchedule(1, 0.1)));
  }

  private static List<Double> factors(double[] measure, PlateauSchedule plateau) {
    List<Double> factors = new ArrayList<>();
    try (Session session =
        Session.open(
            TrainingGraph.build(
                TinyGame.of(
                    new MeanDifferenceLoss(),
                    graph -> {
                      Signal signal =
                          graph.schedule("measure", (step, steps) -> measure[(int) step]);
                      graph.scaleLearningRate("generator", plateau.addFactor(graph, signal, ""));
                    })))) {
      for (int i = 0; i < measure.length; i++) {
        factors.add(Math.round(session.step().get("rate-factor") * 1e6) / 1e6);
      }
    }
    return factors;
  }
}
