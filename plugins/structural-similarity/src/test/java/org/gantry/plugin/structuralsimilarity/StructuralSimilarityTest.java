package org.gantry.plugin.structuralsimilarity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.InMemoryImages;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.MetricSubject;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class StructuralSimilarityTest {

  private static final int SIDE = 16;

  /** A generator with a given number of distinct images like the data. */
  private record GeneratedSamples(NDManager manager, Dataset dataset, int sampleCount, int kinds)
      implements EvaluationContext {
    @Override
    public NDArray samples() {
      return FloatArrays.fill(
          manager,
          new Shape(sampleCount).addAll(dataset.field(DatasetField.IMAGE).orElseThrow().shape()),
          buffer -> {
            for (int i = 0; i < sampleCount; i++) {
              // An order in which every image is paired with every other one.
              int kind = (i % 2 == 0 ? i / 2 : i / 2 / kinds) % kinds;
              for (byte value : wave(new RandomStreams(kind).at("generated"))) {
                buffer.put((value & 0xFF) / 127.5f - 1);
              }
            }
          });
    }

    @Override
    public ModelUse use() {
      return MetricSubject.of(dataset).use();
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(3);
    }

    @Override
    public Path cacheFolder() {
      throw new UnsupportedOperationException("nothing is costly here");
    }
  }

  /** Samples that should be the first real images, of which they are a brighter version. */
  private record BrighterSamples(NDManager manager, InMemoryImages dataset, float more)
      implements EvaluationContext {

    private static final int COUNT = 4;

    @Override
    public int sampleCount() {
      return COUNT;
    }

    @Override
    public NDArray samples() {
      return real().add(more);
    }

    private NDArray real() {
      DatasetField image = dataset.field(DatasetField.IMAGE).orElseThrow();
      return FloatArrays.fill(
          manager,
          new Shape(COUNT).addAll(image.shape()),
          buffer -> {
            for (int i = 0; i < COUNT; i++) {
              dataset.read(i, image, buffer);
            }
          });
    }

    @Override
    public ModelUse use() {
      DatasetField image = dataset.field(DatasetField.IMAGE).orElseThrow();
      return new ModelUse(
          "translation",
          image,
          List.of(),
          Optional.of(new ModelInput(DatasetField.IMAGE, image, true)));
    }

    @Override
    public Optional<NDArray> field(String name) {
      return Optional.of(real());
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(3);
    }

    @Override
    public Path cacheFolder() {
      throw new UnsupportedOperationException("nothing is costly here");
    }
  }

  @Test
  void samplesAreComparedWithTheirCounterparts(NDManager manager) {
    assertEquals(1, toCounterparts(manager, 0), 1e-9);
    double brighter = toCounterparts(manager, 0.4f);
    assertTrue(brighter < 0.99 && brighter > 0.5, "similarity " + brighter);
  }

  private static double toCounterparts(NDManager manager, float more) {
    return new StructuralSimilarity(new StructuralSimilarity.Options(100, 5))
        .evaluate(new BrighterSamples(manager, waves(8), more))
        .get("counterpart-similarity");
  }

  /** An image of a smooth wave in a random direction, in 8 bits. */
  private static byte[] wave(RandomGenerator random) {
    double phase = random.nextDouble(2 * Math.PI);
    double angle = random.nextDouble(Math.PI);
    byte[] values = new byte[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      int row = i / SIDE;
      int column = i % SIDE;
      double along = Math.cos(angle) * row + Math.sin(angle) * column;
      values[i] = (byte) Math.round(127.5 + 100 * Math.sin(phase + 0.7 * along));
    }
    return values;
  }

  private static InMemoryImages waves(int count) {
    RandomGenerator random = new RandomStreams(1).at("waves");
    byte[] values = new byte[count * SIDE * SIDE];
    for (int i = 0; i < count; i++) {
      System.arraycopy(wave(random), 0, values, i * SIDE * SIDE, SIDE * SIDE);
    }
    return InMemoryImages.of(new ByteImages(count, 1, SIDE, SIDE, values));
  }

  private static Map<String, Double> evaluate(NDManager manager, Dataset data, int kinds) {
    return new StructuralSimilarity(new StructuralSimilarity.Options(100, 5))
        .evaluate(new GeneratedSamples(manager, data, 200, kinds));
  }

  @Test
  void aConstantGeneratorHasSimilarityOne(NDManager manager) {
    Map<String, Double> figures = evaluate(manager, waves(100), 1);

    assertEquals(1, figures.get("structural-similarity"), 1e-12);
    assertTrue(figures.get("structural-similarity-real") < 0.5, figures.toString());
  }

  @Test
  void moreDistinctImagesHaveALowerSimilarity(NDManager manager) {
    Dataset data = waves(100);
    double before = 1;
    for (int kinds : new int[] {2, 5, 50}) {
      double similarity = evaluate(manager, data, kinds).get("structural-similarity");
      assertTrue(similarity < before, similarity + " after " + before);
      before = similarity;
    }
  }

  @Test
  void aGeneratorAsDiverseAsTheDataHasTheSameSimilarity(NDManager manager) {
    Map<String, Double> figures = evaluate(manager, waves(200), 100);

    assertEquals(
        figures.get("structural-similarity-real"), figures.get("structural-similarity"), 0.1);
  }

  @Test
  void samplesAreUnchangedAndNoArraysAreLeft(NDManager manager) {
    Map<String, Double> first = evaluate(manager, waves(50), 7);
    int before = manager.getManagedArrays().size();

    assertEquals(first, evaluate(manager, waves(50), 7));
    assertEquals(before, manager.getManagedArrays().size());
  }

  @Test
  void samplesThatAreNotImagesAreRefused(NDManager manager) {
    Dataset small = InMemoryImages.of(new ByteImages(2, 1, 7, 9, new byte[2 * 63]));
    UnusableComponentException exception =
        assertThrows(UnusableComponentException.class, () -> evaluate(manager, small, 1));

    assertEquals(
        "structural-similarity needs images with sides of at least 8 pixels, not samples of shape"
            + " (1, 7, 9)",
        exception.getMessage());
  }

  @Test
  void oneSampleIsRefused(NDManager manager) {
    EvaluationContext one = new GeneratedSamples(manager, waves(2), 1, 1);
    StructuralSimilarity metric =
        new StructuralSimilarity(new StructuralSimilarity.Options(100, 5));
    UnusableComponentException exception =
        assertThrows(UnusableComponentException.class, () -> metric.evaluate(one));

    assertEquals("the metric needs at least two samples", exception.getMessage());
  }
}
