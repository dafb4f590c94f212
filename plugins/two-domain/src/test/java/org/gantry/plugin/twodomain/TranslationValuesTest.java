package org.gantry.plugin.twodomain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.data.Dataset;
import org.gantry.regularizer.Regularizer;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

/**
 * The terms of generators that only shift points: by 3 there, and by -2 back. A round trip
 * therefore shifts by 1, whatever the points are. The generator learns first, so its terms are
 * those of these shifts.
 */
@TensorTest
final class TranslationValuesTest {

  private static final double EXACT = 1e-5;

  @Test
  void aRoundTripIsComparedWithWhereItBegan() {
    Map<String, Double> terms =
        firstStep(
            new CycleConsistency(
                new CycleConsistency.Options(1, ImageDistance.ABSOLUTE, List.of())));

    assertEquals(1, terms.get("generator/cycle"), EXACT);
    assertEquals(1, terms.get("generator/cycle-2"), EXACT);
  }

  @Test
  void anImageOfTheTargetIsComparedWithItsTranslation() {
    Map<String, Double> terms =
        firstStep(
            new IdentityMapping(new IdentityMapping.Options(1, ImageDistance.SQUARED, List.of())));

    assertEquals(9, terms.get("generator/identity"), EXACT);
    assertEquals(4, terms.get("back-generator/identity"), EXACT);
  }

  private static Map<String, Double> firstStep(Regularizer regularizer) {
    Composition tiny = TinyGame.of(new MeanDifferenceLoss(), regularizer);
    Map<String, BoundComponent<Dataset>> data = new LinkedHashMap<>();
    data.put("photos", tiny.dataset());
    data.put("drawings", tiny.dataset());
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(tiny.networks());
    networks.put("generator", shift(3));
    networks.put("back-generator", shift(-2));
    Composition game =
        tiny.withDatasets(data)
            .withTopology(new BoundComponent<>(new TwoDomainTopology(), tiny.topology().origin()))
            .withNetworks(networks);
    try (Session session = Session.open(TrainingGraph.build(game))) {
      return session.step();
    }
  }

  private static BoundComponent<Architecture> shift(float by) {
    return new BoundComponent<>(
        site -> linear(by),
        new ComponentOrigin(
            ComponentKind.GENERATOR,
            "shift",
            "1.0.0",
            "testkit",
            List.of("given"),
            List.of("image"),
            ""));
  }

  /** A linear layer whose weights are the identity. */
  private static Block linear(float by) {
    Block layer = Linear.builder().setUnits(2).build();
    layer.setInitializer((manager, shape, type) -> manager.eye(2), Parameter.Type.WEIGHT);
    layer.setInitializer(
        (manager, shape, type) -> manager.create(new float[] {by, by}), Parameter.Type.BIAS);
    return layer;
  }
}
