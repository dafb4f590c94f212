package org.gantry.plugin.conditional;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.loss.Loss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.training.BoundComponent;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@TensorTest
final class ConditionalTopologyTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new ConditionalTopology(new ConditionalTopology.Options("label", 0.5, 1));
  }

  /** The same topology with texts in place of labels. */
  @Nested
  @TensorTest
  final class WithTexts implements ComponentContract {

    @Override
    public Object createComponent() {
      return new ConditionalTopology(new ConditionalTopology.Options("caption", 0.5, 0));
    }
  }

  @Test
  void wrongConditionsAndFakesShareTheWeightOfFakes() {
    AdversarialPair pair = pairOf(game(0.3, 0));
    FakeExample made = pair.fakes().get(0);
    FakeExample wrong = pair.fakes().get(1);
    assertEquals(2, pair.fakes().size());
    assertEquals(0.7, made.discriminatorWeight(), 1e-12);
    assertEquals(0.3, wrong.discriminatorWeight(), 1e-12);
    assertEquals(List.of("generator"), made.makers());
    assertEquals(List.of(), wrong.makers());
    assertEquals(pair.real().signals().get(0), wrong.example().signals().get(0));
  }

  @Test
  void theDiscriminatorDoesNotLearnFromInterpolatedConditions() {
    FakeExample between = pairOf(game(0, 0.8)).fakes().get(1);
    assertEquals("interpolated", between.name());
    assertEquals(0, between.discriminatorWeight());
    assertEquals(0.8, between.generatorWeight());
    try (Session session = Session.open(TrainingGraph.build(game(0, 0.8)))) {
      Map<String, Double> step = session.step();
      assertEquals(
          List.of(true, false),
          List.of("generator/interpolated", "discriminator/interpolated").stream()
              .map(step::containsKey)
              .toList());
    }
  }

  @Test
  void eachPlayerLearnsItsOwnEncoding(NDManager manager) {
    try (Session session = Session.open(TrainingGraph.build(game(0.5, 0)))) {
      float[] asked = encodings(session, manager, "generator-condition");
      float[] judged = encodings(session, manager, "discriminator-condition");
      assertFalse(Arrays.equals(asked, judged), "the players share weights");
      session.step();
      assertFalse(Arrays.equals(asked, encodings(session, manager, "generator-condition")));
      assertFalse(Arrays.equals(judged, encodings(session, manager, "discriminator-condition")));
    }
  }

  @Test
  void anEncodingIsTheRowOfItsClass(NDManager manager) {
    try (Session session = Session.open(TrainingGraph.build(game(0, 0)))) {
      float[] both = encodings(session, manager, "generator-condition");
      NDArray second =
          session
              .trainedModel(manager, 1)
              .apply("generator-condition", manager.create(new float[] {1}))
              .get(0);
      assertArrayEquals(Arrays.copyOfRange(both, 5, 10), second.toFloatArray(), 1e-6f);
    }
  }

  /** The pair that a loss plays. */
  private static AdversarialPair pairOf(Composition game) {
    List<AdversarialPair> played = new ArrayList<>();
    Loss recording =
        (pair, graph) -> {
          played.add(pair);
          new LabelGame.CrossEntropy().addTerms(pair, graph);
        };
    TrainingGraph.build(game.withLoss(bound(ComponentKind.LOSS, recording)));
    return played.get(0);
  }

  private static float[] encodings(Session session, NDManager manager, String role) {
    return session
        .trainedModel(manager, 1)
        .apply(role, manager.create(new float[] {0, 1}))
        .get(0)
        .toFloatArray();
  }

  /** A game with conditions that are learned vectors of length 5. */
  private static Composition game(double mismatched, double interpolated) {
    return LabelGame.of(
        new ConditionalTopology.Options("label", mismatched, interpolated),
        new EmbeddingCondition(new EmbeddingCondition.Options(5)),
        "condition");
  }

  private static <T> BoundComponent<T> bound(String kind, T component) {
    return LabelGame.bound(kind, component);
  }
}
