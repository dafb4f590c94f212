package org.gantry.plugin.conditional;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.WordVocabulary;
import org.gantry.tensor.EngineSeed;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class SkipGramConditionTest implements ComponentContract {

  private static final int[] OTHERS = {2, 3, 2};
  private static final double STEP = 1e-3;

  /** Two kinds of texts, whose words never meet. */
  private record TwoTopics(DatasetField text) implements IndexedDataset {

    private static final List<String> SEA = List.of("ship", "sail", "wave", "shore");
    private static final List<String> TOWN = List.of("street", "tram", "house", "tower");
    private static final WordVocabulary WORDS =
        WordVocabulary.of(List.of(String.join(" ", SEA), String.join(" ", TOWN)));

    static TwoTopics create() {
      return new TwoTopics(DatasetField.text("text", WORDS, 4));
    }

    @Override
    public List<DatasetField> fields() {
      return List.of(text);
    }

    @Override
    public int size() {
      return 300;
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      List<String> topic = index % 2 == 0 ? SEA : TOWN;
      String words = topic.get(index / 2 % 4) + " " + topic.get(index / 8 % 4) + " in";
      into.put(WORDS.encode(words + " " + topic.get(index / 32 % 4), 4));
    }
  }

  private static SkipGramCondition condition(int epochs) {
    return new SkipGramCondition(new SkipGramCondition.Options(8, 3, 5, epochs, 0.05));
  }

  @Override
  public Object createComponent() {
    return condition(2);
  }

  private static SkipGram random() {
    SkipGram vectors = new SkipGram(4, 5, new RandomStreams(3).at("start"));
    RandomGenerator random = new RandomStreams(4).at("values");
    for (int word = 0; word < 4; word++) {
      for (int i = 0; i < 5; i++) {
        vectors.vector(word)[i] = (float) random.nextGaussian();
        vectors.prediction(word)[i] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  /** The difference quotient of the loss with respect to one number. */
  private static double slope(SkipGram vectors, float[] place, int i) {
    float before = place[i];
    place[i] = (float) (before + STEP);
    double above = vectors.loss(0, 1, OTHERS);
    place[i] = (float) (before - STEP);
    double below = vectors.loss(0, 1, OTHERS);
    place[i] = before;
    return (above - below) / (2 * STEP);
  }

  @Test
  void theLossIsThatOfThePaper() {
    SkipGram vectors = new SkipGram(3, 2, new RandomStreams(1).at("start"));
    System.arraycopy(new float[] {1, 2}, 0, vectors.vector(0), 0, 2);
    System.arraycopy(new float[] {0.5f, 0}, 0, vectors.prediction(1), 0, 2);
    System.arraycopy(new float[] {0, -1}, 0, vectors.prediction(2), 0, 2);

    // ln(1 + e^-0.5) + 2 ln(1 + e^-2)
    assertEquals(0.474077 + 2 * 0.126928, vectors.loss(0, 1, new int[] {2, 2}), 1e-6);
  }

  @Test
  void aStepFollowsTheGradientOfTheLoss() {
    for (int word = 0; word < 4; word++) {
      for (int i = 0; i < 5; i++) {
        SkipGram before = random();
        SkipGram after = random();
        after.descend(0, 1, OTHERS, 1);
        assertEquals(
            slope(before, before.vector(word), i),
            before.vector(word)[i] - after.vector(word)[i],
            2e-3);
        assertEquals(
            slope(before, before.prediction(word), i),
            before.prediction(word)[i] - after.prediction(word)[i],
            2e-3);
      }
    }
  }

  @Test
  void wordsThatAppearTogetherAreNear() {
    TwoTopics data = TwoTopics.create();
    SkipGram trained =
        new SkipGramTraining(
                data,
                data.text(),
                new SkipGramCondition.Options(8, 3, 5, 20, 0.05),
                new RandomStreams(1).at("training"))
            .train();
    double worst = 1;
    for (String word : TwoTopics.SEA) {
      for (String other : TwoTopics.SEA) {
        for (String stranger : TwoTopics.TOWN) {
          worst = Math.min(worst, cosine(trained, word, other) - cosine(trained, word, stranger));
        }
      }
    }

    assertTrue(worst > 0.3, "the least difference of similarities is " + worst);
  }

  private static double cosine(SkipGram trained, String one, String other) {
    float[] a = trained.vector(TwoTopics.WORDS.words().indexOf(one) - WordVocabulary.UNKNOWN);
    float[] b = trained.vector(TwoTopics.WORDS.words().indexOf(other) - WordVocabulary.UNKNOWN);
    double product = 0;
    double lengths = 0;
    double otherLengths = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      lengths += (double) a[i] * a[i];
      otherLengths += (double) b[i] * b[i];
    }
    return product / Math.sqrt(lengths * otherLengths);
  }

  @Test
  void theSeedOfTheRunDeterminesTheVectors(NDManager manager) {
    assertArrayEquals(weights(manager, 5), weights(manager, 5));
    assertTrue(weights(manager, 5)[0] != weights(manager, 6)[0]);
  }

  private static float[] weights(NDManager manager, long seed) {
    Block network =
        condition(3).build(new StandaloneSite("condition", Map.of("text", new Shape(3)), Map.of()));
    EngineSeed.runSeeded(
        seed, () -> network.initialize(manager, DataType.FLOAT32, new Shape(2, 3)));
    return network.getParameters().values().iterator().next().getArray().toFloatArray();
  }
}
