package org.gantry.plugin.historicalaveraging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class HistoricalAveragingTest {

  @Test
  void everyPlayerHasThePenaltyFromItsSecondStep() {
    try (Session session = Session.open(TrainingGraph.build(game(1)))) {
      Map<String, Double> first = session.step();
      Map<String, Double> second = session.step();
      for (String player : List.of("generator", "discriminator")) {
        assertEquals(0, first.get(player + "/historical-averaging"));
        assertTrue(second.get(player + "/historical-averaging") > 0, second.toString());
      }
    }
  }

  @Test
  void aLargerWeightKeepsAPlayerCloserToItsPast() {
    assertTrue(strayed(2) < strayed(1e-3) / 2, strayed(2) + " and " + strayed(1e-3));
  }

  private static double strayed(double weight) {
    double distance = 0;
    try (Session session = Session.open(TrainingGraph.build(game(weight)))) {
      for (int step = 0; step < TinyGame.STEPS; step++) {
        distance = session.step().get("discriminator/historical-averaging");
      }
    }
    return distance;
  }

  @Test
  void aResumedTrainingHasTheSameBits(@TempDir Path folder) throws IOException {
    try (Session straight = Session.open(TrainingGraph.build(game(1)));
        Session resumed = Session.open(TrainingGraph.build(game(1)))) {
      straight.step();
      straight.step();
      straight.save(folder);
      resumed.restore(folder);
      for (int step = 2; step < TinyGame.STEPS; step++) {
        Map<String, Double> expected = straight.step();
        assertEquals(expected, resumed.step());
      }
    }
  }

  private static Composition game(double weight) {
    return TinyGame.of(
        new MeanDifferenceLoss(),
        new HistoricalAveraging(new HistoricalAveraging.Options(weight, List.of())));
  }
}
