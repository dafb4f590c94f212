package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.layers.Dropout;
import org.gantry.tensor.FloatPrecision;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class SessionPrecisionTest {

  private static final int STEPS = 4;

  @TempDir Path folder;

  @Test
  void trainingsInBf16DifferFromThoseInFloat32ByRounding() {
    List<Double> full = List.copyOf(train(TinyGame.of(new MeanDifferenceLoss())).values());
    List<Double> half = List.copyOf(train(inHalf(TinyGame.of(new MeanDifferenceLoss()))).values());

    assertNotEquals(full, half);
    for (int i = 0; i < full.size(); i++) {
      assertEquals(full.get(i), half.get(i), 0.1);
    }
  }

  @Test
  void resumedTrainingInBf16HasTheSameBits() throws IOException {
    TrainingGraph graph = TrainingGraph.build(inHalf(TinyGame.of(new MeanDifferenceLoss())));
    Map<String, Double> straight = train(graph.composition());
    try (Session first = Session.open(graph)) {
      for (int i = 1; i < STEPS; i++) {
        first.step();
      }
      first.save(folder);
    }
    try (Session resumed = Session.resume(graph, folder)) {
      assertEquals(straight, resumed.step());
    }
  }

  @Test
  void aChangedGraphKeepsItsPrecision() {
    TrainingGraph half = TrainingGraph.build(inHalf(TinyGame.of(new MeanDifferenceLoss())));
    try (Session session = Session.open(half);
        Session next = session.recompose(half)) {
      assertEquals(
          Map.of("generator", "one call, bf16", "discriminator", "one call, bf16"),
          next.networkForms());
    }
  }

  @Test
  void networksThatCannotComputeInBf16AreRefused() {
    Composition game = inHalf(TinyGame.of(new MeanDifferenceLoss()));
    for (String kind : List.of(ComponentKind.GENERATOR, ComponentKind.DISCRIMINATOR)) {
      int outputs = kind.equals(ComponentKind.GENERATOR) ? 2 : 1;
      game = TinyGame.withNetwork(game, kind, () -> withDropout(outputs));
    }
    TrainingGraph graph = TrainingGraph.build(game);

    CompositionException refused =
        assertThrows(CompositionException.class, () -> Session.open(graph));

    assertTrue(refused.getMessage().contains("bf16"), refused::getMessage);
  }

  private static Block withDropout(int outputs) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(outputs).build())
        .add(new Dropout(0.5, () -> new RandomStreams(1).at("dropout")));
  }

  private static Composition inHalf(Composition game) {
    return game.withPrecision(FloatPrecision.BF16);
  }

  private static Map<String, Double> train(Composition game) {
    try (Session session = Session.open(TrainingGraph.build(game))) {
      Map<String, Double> last = Map.of();
      for (int i = 0; i < STEPS; i++) {
        last = session.step();
      }
      return last;
    }
  }
}
