package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.InMemoryImages;
import org.gantry.data.IndexedDataset;
import org.gantry.data.SampledDataset;
import org.gantry.data.StackedDataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class StackedModesTest {

  private static final int SIZE = 12;
  private static final int AREA = SIZE * SIZE;

  /** Horizontal and vertical bars at random places; two channels give four modes. */
  private static final InMemoryImages BARS = bars();

  private static InMemoryImages bars() {
    int count = 300;
    RandomGenerator random = new RandomStreams(1).at("bars");
    byte[] values = new byte[count * AREA];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
      int place = random.nextInt(1, SIZE - 1);
      for (int j = 0; j < SIZE; j++) {
        int pixel = labels[i] == 0 ? place * SIZE + j : j * SIZE + place;
        values[i * AREA + pixel] = (byte) 255;
      }
    }
    return InMemoryImages.of(
        new ByteImages(count, 1, SIZE, SIZE, values), labels, List.of("lying", "standing"));
  }

  private record TwoBars() implements SampledDataset, StackedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(DatasetField.image(2, SIZE, SIZE));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      throw new UnsupportedOperationException("the metric draws nothing");
    }

    @Override
    public IndexedDataset channelDataset() {
      return BARS;
    }
  }

  /** Real bars; samples cycle through the given kinds per channel. */
  private record GeneratedSamples(
      NDManager manager, Dataset dataset, Path cacheFolder, List<int[]> kinds)
      implements EvaluationContext {

    @Override
    public int sampleCount() {
      return 200;
    }

    @Override
    public NDArray samples() {
      RandomGenerator random = new RandomStreams(2).at("generated");
      return FloatArrays.fill(
          manager,
          new Shape(sampleCount(), 2, SIZE, SIZE),
          buffer -> {
            for (int i = 0; i < sampleCount(); i++) {
              for (int kind : kinds.get(i % kinds.size())) {
                int index = 2 * random.nextInt(BARS.size() / 2) + kind;
                BARS.read(index, BARS.field(DatasetField.IMAGE).orElseThrow(), buffer);
              }
            }
          });
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(3);
    }
  }

  private static final StackedModes METRIC = new StackedModes(new StackedModes.Options(4000));

  @TempDir Path cache;

  private Map<String, Double> evaluate(NDManager manager, int[]... kinds) {
    return METRIC.evaluate(new GeneratedSamples(manager, new TwoBars(), cache, List.of(kinds)));
  }

  @Test
  void allCombinationsOfClassesAreModes(NDManager manager) {
    Map<String, Double> figures =
        evaluate(manager, new int[] {0, 0}, new int[] {0, 1}, new int[] {1, 0}, new int[] {1, 1});

    assertTrue(figures.get("classifier-accuracy") > 0.97, figures.toString());
    assertEquals(4, figures.get("modes"));
    assertEquals(0, figures.get("reverse-kl"), 0.01);
  }

  @Test
  void channelsAreDistinguished(NDManager manager) {
    Map<String, Double> figures = evaluate(manager, new int[] {0, 1}, new int[] {1, 1});

    assertEquals(2, figures.get("modes-three-samples"));
    assertEquals(Math.log(2), figures.get("reverse-kl"), 0.05);
  }

  @Test
  void equalBalancedChannelsDivergeOnlyInTheirCombinations(NDManager manager) {
    Map<String, Double> figures = evaluate(manager, new int[] {0, 0}, new int[] {1, 1});

    assertEquals(Math.log(2), figures.get("reverse-kl"), 0.05);
    assertEquals(0, figures.get("reverse-kl-channels"), 0.02);
  }

  @Test
  void otherDatasetsAreRefused(NDManager manager) {
    UnusableComponentException exception =
        assertThrows(
            UnusableComponentException.class,
            () ->
                METRIC.evaluate(
                    new GeneratedSamples(manager, BARS, cache, List.of(new int[] {0, 0}))));

    assertTrue(exception.getMessage().contains("such as stacked-digits"), exception.getMessage());
  }
}
