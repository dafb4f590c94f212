package org.gantry.plugin.moderegularized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.gantry.testkit.TensorTest;
import org.gantry.training.CompositionException;
import org.gantry.training.Session;
import org.junit.jupiter.api.Test;

@TensorTest
final class ModeRegularizedTopologyTest {

  private static ModeRegularizedTopology topology(
      ReconstructionDistance distance, boolean average, boolean printedSign) {
    return new ModeRegularizedTopology(
        new ModeRegularizedTopology.Options(0.2, 0.4, distance, average, printedSign));
  }

  @Test
  void theLossesMatchReferenceValues() {
    Map<String, Double> values =
        ReferenceGame.firstStep(topology(ReconstructionDistance.L2, false, false));

    assertEquals(0.867501, values.get("discriminator/adversarial"), 1e-5);
    assertEquals(0.857399, values.get("generator/adversarial"), 1e-5);
    assertEquals(0.242887, sum(values, "encoder"), 1e-5);
    assertEquals(1.100286, sum(values, "generator"), 1e-5);
  }

  @Test
  void withThePrintedSignTheLossesMatchThePaper() {
    Map<String, Double> values =
        ReferenceGame.firstStep(topology(ReconstructionDistance.L2, false, true));

    assertEquals(-0.212887, sum(values, "encoder"), 1e-5);
    assertEquals(0.644512, sum(values, "generator"), 1e-5);
  }

  @Test
  void reconstructionsDoNotTrainTheDiscriminator() {
    Map<String, Double> values =
        ReferenceGame.firstStep(topology(ReconstructionDistance.L1, true, false));

    assertEquals(
        Set.of(
            "discriminator/adversarial",
            "generator/adversarial",
            "generator/mode",
            "generator/reconstruction",
            "encoder/mode",
            "encoder/reconstruction"),
        values.keySet());
    // A fifth of the mean of 0.1, 0.2, 0.1 and 0.3.
    assertEquals(0.2 * 0.175, values.get("encoder/reconstruction"), 1e-6);
  }

  @Test
  void trainingReducesTheReconstructionError() {
    ModeRegularizedTopology attractive =
        new ModeRegularizedTopology(
            new ModeRegularizedTopology.Options(1, 0, ReconstructionDistance.L2, true, false));
    try (Session session =
        Session.open(ReferenceGame.graph(attractive, new ReferenceGame.CrossEntropy(), 0.2))) {
      double before = session.step().get("encoder/reconstruction");
      double after = before;
      for (int i = 0; i < 40; i++) {
        after = session.step().get("encoder/reconstruction");
      }
      assertTrue(after < before / 10, before + " became " + after);
    }
  }

  @Test
  void theFeatureDistanceNeedsADiscriminatorWithFeatures() {
    String message =
        assertThrows(
                CompositionException.class,
                () ->
                    ReferenceGame.firstStep(topology(ReconstructionDistance.FEATURES, true, false)))
            .getMessage();

    assertTrue(message.contains("reads the port features of the discriminator"), message);
  }

  /** The loss of a player. */
  private static double sum(Map<String, Double> values, String player) {
    return values.entrySet().stream()
        .filter(v -> v.getKey().startsWith(player + "/"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
