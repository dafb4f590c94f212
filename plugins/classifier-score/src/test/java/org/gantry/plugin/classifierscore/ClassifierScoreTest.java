package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.InMemoryImages;
import org.gantry.metric.EvaluationContext;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class ClassifierScoreTest {

  private static final int SIZE = 12;
  private static final int AREA = SIZE * SIZE;
  private static final int COUNT = 600;

  /** Images of a row, a column or a filled square at a random place, with noise. */
  private static byte[] shapeImage(int kind, double noise, RandomGenerator random) {
    byte[] values = new byte[AREA];
    int place = random.nextInt(2, SIZE - 3);
    for (int i = 0; i < AREA; i++) {
      int row = i / SIZE;
      int column = i % SIZE;
      boolean ink =
          switch (kind) {
            case 0 -> row == place;
            case 1 -> column == place;
            default -> Math.max(Math.abs(row - place), Math.abs(column - place)) < 2;
          };
      double value = (ink ? 220 : 30) + noise * random.nextGaussian();
      values[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
    return values;
  }

  private static final InMemoryImages SHAPES = shapes(i -> i % 3);

  private static InMemoryImages shapes(IntUnaryOperator kind) {
    RandomGenerator random = new RandomStreams(1).at("shapes");
    byte[] values = new byte[COUNT * AREA];
    int[] labels = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      labels[i] = kind.applyAsInt(i);
      System.arraycopy(shapeImage(labels[i], 10, random), 0, values, i * AREA, AREA);
    }
    return InMemoryImages.of(
        new ByteImages(COUNT, 1, SIZE, SIZE, values), labels, List.of("row", "column", "square"));
  }

  @TempDir Path cache;

  /** Generated shapes that cycle through the given kinds. */
  private record GeneratedSamples(
      NDManager manager,
      Dataset dataset,
      Path cacheFolder,
      List<Integer> kinds,
      double noise,
      int sampleCount)
      implements EvaluationContext {
    @Override
    public NDArray samples() {
      RandomGenerator random = new RandomStreams(2).at("generated");
      return FloatArrays.fill(
          manager,
          new Shape(sampleCount(), 1, SIZE, SIZE),
          buffer -> {
            for (int i = 0; i < sampleCount(); i++) {
              for (byte value : shapeImage(kinds.get(i % kinds.size()), noise, random)) {
                buffer.put((value & 0xFF) / 127.5f - 1);
              }
            }
          });
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(3);
    }
  }

  private static final ClassifierScore METRIC =
      new ClassifierScore(new ClassifierScore.Options(6000, ModeScore.M1, 50, 3, 5));

  private Map<String, Double> evaluate(NDManager manager, double noise, Integer... kinds) {
    return METRIC.evaluate(
        new GeneratedSamples(manager, SHAPES, cache, List.of(kinds), noise, 300));
  }

  @Test
  void realisticImagesScoreAlmostTheNumberOfClasses(NDManager manager) {
    Map<String, Double> figures = evaluate(manager, 10, 0, 1, 2);
    assertTrue(figures.get("classifier-accuracy") > 0.97, figures.toString());
    assertEquals(3, figures.get("inception-score-whole"), 0.15);
    assertEquals(3, figures.get("inception-score-real"), 0.15);
    assertEquals(3, figures.get("mode-score"), 0.2);
    assertEquals(3, figures.get("classes-found"));
    double floor = figures.get("frechet-distance-real");
    assertTrue(floor > 0 && figures.get("frechet-distance") < 3 * floor, figures.toString());
    assertEquals(1 / 3.0, figures.get("class-share-min"), 0.02);
    assertEquals(1, figures.get("class-0") + figures.get("class-1") + figures.get("class-2"), 1e-9);
  }

  @Test
  void droppedClassesLowerTheScoresAndRaiseTheDistance(NDManager manager) {
    Map<String, Double> three = evaluate(manager, 10, 0, 1, 2);
    Map<String, Double> two = evaluate(manager, 10, 0, 1);
    Map<String, Double> one = evaluate(manager, 10, 0);
    for (String figure : List.of("inception-score", "inception-score-whole", "mode-score")) {
      assertTrue(three.get(figure) > two.get(figure) + 0.3, figure);
      assertTrue(two.get(figure) > one.get(figure) + 0.3, figure);
    }
    assertTrue(three.get("frechet-distance") < two.get("frechet-distance"));
    assertTrue(two.get("frechet-distance") < one.get("frechet-distance"));
    assertEquals(0, one.get("class-share-min"));
    assertTrue(two.get("class-2") < 0.02);
  }

  @Test
  void droppedClassesLowerRecallAndCoverageButNotPrecision(NDManager manager) {
    Map<String, Double> three = evaluate(manager, 10, 0, 1, 2);
    Map<String, Double> one = evaluate(manager, 10, 0);
    assertTrue(one.get("kernel-distance") > three.get("kernel-distance") + 0.1, one.toString());
    for (String figure : List.of("recall", "coverage")) {
      assertTrue(three.get(figure) > 0.6, three.toString());
      assertTrue(one.get(figure) < 0.5, one.toString());
    }
    assertTrue(one.get("precision") > 0.6, one.toString());
  }

  @Test
  void addedNoiseLowersPrecisionAndDensity(NDManager manager) {
    Map<String, Double> clean = evaluate(manager, 10, 0, 1, 2);
    Map<String, Double> noisy = evaluate(manager, 200, 0, 1, 2);
    for (String figure : List.of("precision", "density")) {
      assertTrue(noisy.get(figure) < clean.get(figure) - 0.2, clean + " to " + noisy);
    }
    assertTrue(clean.get("precision-real") > 0.6, clean.toString());
  }

  @Test
  void theBaselineComparesRandomHalves(NDManager manager) {
    InMemoryImages sorted = shapes(i -> 3 * i / COUNT);
    Map<String, Double> figures =
        METRIC.evaluate(new GeneratedSamples(manager, sorted, cache, List.of(0, 1, 2), 10, 300));

    // Halves in the order of the data would share only one of two classes.
    assertTrue(
        figures.get("frechet-distance-real") < figures.get("frechet-distance") * 3,
        figures.toString());
    assertTrue(figures.get("recall-real") > 0.6, figures.toString());
  }

  @Test
  void oneSampleIsRefused(NDManager manager) {
    EvaluationContext one = new GeneratedSamples(manager, SHAPES, cache, List.of(0), 0, 1);
    UnusableComponentException exception =
        assertThrows(UnusableComponentException.class, () -> METRIC.evaluate(one));
    assertEquals("the metric needs at least two samples", exception.getMessage());
  }

  @Test
  void addedNoiseRaisesTheDistance(NDManager manager) {
    double before = 0;
    for (double noise : new double[] {10, 60, 200}) {
      double distance = evaluate(manager, noise, 0, 1, 2).get("frechet-distance");
      assertTrue(distance > before, distance + " after " + before);
      before = distance;
    }
  }

  @Test
  void theClassifierIsTrainedOnceAndSaved(NDManager manager) throws IOException {
    Map<String, Double> first = evaluate(manager, 10, 0, 1, 2);
    Path file = kept();
    byte[] trained = Files.readAllBytes(file);
    assertEquals(first, evaluate(manager, 10, 0, 1, 2));

    WeightFile weights = new WeightFile(file);
    NDList changed = weights.read(manager).orElseThrow();
    changed.get(0).addi(1);
    weights.write(changed);
    assertNotEquals(first, evaluate(manager, 10, 0, 1, 2), "the kept weights are used");

    Files.write(file, new byte[] {1, 2, 3});
    assertEquals(first, evaluate(manager, 10, 0, 1, 2), "unreadable weights are trained again");
    assertArrayEquals(trained, Files.readAllBytes(file));
  }

  private Path kept() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList().get(0);
    }
  }

  @Test
  void onlyWeightsAndPredictionsStayWithTheManager(NDManager manager) {
    evaluate(manager, 10, 0);
    int before = manager.getManagedArrays().size();
    evaluate(manager, 10, 0);
    assertTrue(manager.getManagedArrays().size() - before < 20);
  }

  @Test
  void aDatasetWithoutLabelsIsRefused(NDManager manager) {
    Dataset bare = InMemoryImages.of(new ByteImages(1, 1, SIZE, SIZE, new byte[AREA]));
    UnusableComponentException exception =
        assertThrows(
            UnusableComponentException.class,
            () -> METRIC.evaluate(new GeneratedSamples(manager, bare, cache, List.of(0), 0, 300)));
    assertEquals(
        "the classifier needs images with labels of at least two classes, but this one has no"
            + " labels",
        exception.getMessage());
  }

  @Test
  void tooFewImagesAreRefused(NDManager manager) {
    InMemoryImages few =
        InMemoryImages.of(
            new ByteImages(2, 1, SIZE, SIZE, new byte[2 * AREA]),
            new int[] {0, 1},
            List.of("a", "b"));
    UnusableComponentException exception =
        assertThrows(
            UnusableComponentException.class,
            () -> METRIC.evaluate(new GeneratedSamples(manager, few, cache, List.of(0), 0, 300)));
    assertTrue(
        exception.getMessage().endsWith("this one has only 2 samples; it needs at least 100"));
  }

  @Test
  void trainingAndHeldOutImagesAreDisjoint() {
    LabelledImages images = new LabelledImages(SHAPES);
    int[] train = images.train();
    int[] heldOut = images.heldOut();
    assertEquals(COUNT, train.length + heldOut.length);
    assertEquals(
        COUNT, IntStream.concat(IntStream.of(train), IntStream.of(heldOut)).distinct().count());
  }

  @Test
  void generatedImagesAreScaledAndRoundedLikeRealOnes(NDManager manager) {
    LabelledImages images = new LabelledImages(SHAPES);
    NDArray real = images.load(manager, new int[] {4});
    float[] read = real.toFloatArray();
    FloatBuffer stored = FloatBuffer.allocate(AREA);
    SHAPES.read(4, SHAPES.field(DatasetField.IMAGE).orElseThrow(), stored);
    assertArrayEquals(stored.array(), read, 1e-6f);
    assertArrayEquals(read, images.normalise(real.add(0.003f)).toFloatArray(), 1e-6f);
  }
}
