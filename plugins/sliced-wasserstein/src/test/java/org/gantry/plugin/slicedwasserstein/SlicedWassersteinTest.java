package org.gantry.plugin.slicedwasserstein;

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
import org.gantry.data.SampledDataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class SlicedWassersteinTest {

  /** Standard normal points in the plane. */
  private record NormalPoints() implements SampledDataset {
    @Override
    public List<DatasetField> fields() {
      return List.of(new DatasetField(DatasetField.IMAGE, new Shape(2), -5, 5, List.of()));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      into.get(DatasetField.IMAGE).put((float) random.nextGaussian());
      into.get(DatasetField.IMAGE).put((float) random.nextGaussian());
    }
  }

  private interface Maker {
    void make(RandomGenerator random, FloatBuffer into);
  }

  private record GeneratedSamples(NDManager manager, Dataset dataset, int sampleCount, Maker maker)
      implements EvaluationContext {
    @Override
    public NDArray samples() {
      RandomGenerator random = new RandomStreams(9).at("generated");
      Shape sample = dataset.field(DatasetField.IMAGE).orElseThrow().shape();
      return FloatArrays.fill(
          manager,
          new Shape(sampleCount).addAll(sample),
          buffer -> {
            while (buffer.hasRemaining()) {
              maker.make(random, buffer);
            }
          });
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(4);
    }

    @Override
    public Path cacheFolder() {
      throw new UnsupportedOperationException("nothing is costly here");
    }
  }

  private static final SlicedWasserstein METRIC =
      new SlicedWasserstein(new SlicedWasserstein.Options(1024, 16, 64));

  /** An image of one smooth wave at a random place, in 8 bits, equal in all channels. */
  private static byte[] wave(int channels, int side, RandomGenerator random) {
    double phase = random.nextDouble(2 * Math.PI);
    byte[] values = new byte[channels * side * side];
    for (int i = 0; i < values.length; i++) {
      int row = i / side % side;
      int column = i % side;
      values[i] = (byte) Math.round(127.5 + 100 * Math.sin(phase + row * 0.4 + column * 0.2));
    }
    return values;
  }

  private static InMemoryImages waves(int channels, int side, int count) {
    RandomGenerator random = new RandomStreams(1).at("waves");
    int length = channels * side * side;
    byte[] values = new byte[count * length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(wave(channels, side, random), 0, values, i * length, length);
    }
    return InMemoryImages.of(new ByteImages(count, channels, side, side, values));
  }

  private static Maker noisyWaves(int channels, int side, double sigma) {
    return (random, into) -> {
      for (byte value : wave(channels, side, random)) {
        into.put((float) ((value & 0xFF) / 127.5 - 1 + sigma * random.nextGaussian()));
      }
    };
  }

  @Test
  void realisticPointsReachTheBaseline(NDManager manager) {
    NormalPoints cloud = new NormalPoints();
    Map<String, Double> figures =
        METRIC.evaluate(
            new GeneratedSamples(
                manager, cloud, 1000, (r, into) -> cloud.draw(r, Map.of("image", into))));
    assertTrue(figures.get("sliced-wasserstein") < 0.1);
    assertTrue(figures.get("sliced-wasserstein-real") < 0.1);
    assertTrue(figures.get("sliced-wasserstein-real") > 0);
  }

  @Test
  void shiftedPointsHaveTheDistanceOfTheProjectedShift(NDManager manager) {
    Maker shifted =
        (random, into) -> {
          into.put((float) random.nextGaussian() + 3);
          into.put((float) random.nextGaussian());
        };
    SlicedWasserstein many = new SlicedWasserstein(new SlicedWasserstein.Options(2000, 1, 2000));
    Map<String, Double> figures =
        many.evaluate(new GeneratedSamples(manager, new NormalPoints(), 2000, shifted));
    // Means over directions of |3 cos| and of (3 cos)^2.
    assertEquals(6 / Math.PI, figures.get("sliced-wasserstein"), 0.1);
    assertEquals(3 / Math.sqrt(2), figures.get("sliced-wasserstein-2"), 0.1);
  }

  @Test
  void addedNoiseRaisesTheDistanceOfImages(NDManager manager) {
    InMemoryImages data = waves(1, 32, 200);
    double before = 0;
    for (double sigma : new double[] {0.05, 0.2, 0.8}) {
      Map<String, Double> figures =
          METRIC.evaluate(new GeneratedSamples(manager, data, 100, noisyWaves(1, 32, sigma)));
      double distance = figures.get("sliced-wasserstein");
      assertTrue(distance > before, distance + " after " + before);
      assertTrue(distance > figures.get("sliced-wasserstein-real"));
      double mean =
          (figures.get("sliced-wasserstein-32") + figures.get("sliced-wasserstein-16")) / 2;
      assertEquals(mean, distance, 1e-9);
      before = distance;
    }
  }

  @Test
  void realisticImagesReachTheBaseline(NDManager manager) {
    Map<String, Double> figures =
        METRIC.evaluate(
            new GeneratedSamples(manager, waves(1, 28, 400), 200, noisyWaves(1, 28, 0)));
    assertTrue(figures.get("sliced-wasserstein") < 2 * figures.get("sliced-wasserstein-real"));
    assertTrue(figures.get("sliced-wasserstein-real") < 2 * figures.get("sliced-wasserstein"));
  }

  @Test
  void aGreyImageCountsAsAColourImageWithEqualChannels(NDManager manager) {
    Maker inverted =
        (random, into) -> {
          for (byte value : wave(1, 16, random)) {
            into.put((float) Math.pow((value & 0xFF) / 255.0, 4));
          }
        };
    Maker threefold =
        (random, into) -> {
          FloatBuffer grey = FloatBuffer.allocate(256);
          inverted.make(random, grey);
          into.put(grey.array()).put(grey.array()).put(grey.array());
        };
    double grey =
        METRIC
            .evaluate(new GeneratedSamples(manager, waves(1, 16, 40), 20, inverted))
            .get("sliced-wasserstein");
    double colour =
        METRIC
            .evaluate(new GeneratedSamples(manager, waves(3, 16, 40), 20, threefold))
            .get("sliced-wasserstein");
    assertTrue(grey > 10);
    assertEquals(colour, grey, 1e-3 * colour);
  }

  @Test
  void smallImagesAreComparedAsVectors(NDManager manager) {
    Map<String, Double> figures =
        METRIC.evaluate(new GeneratedSamples(manager, waves(1, 8, 100), 50, noisyWaves(1, 8, 0)));
    assertTrue(figures.containsKey("sliced-wasserstein-2"));
  }

  @Test
  void theSameSeedGivesTheSameValuesAndLeavesNoArrays(NDManager manager) {
    GeneratedSamples generated =
        new GeneratedSamples(manager, waves(1, 16, 40), 20, noisyWaves(1, 16, 0.1));
    Map<String, Double> first = METRIC.evaluate(generated);
    int before = manager.getManagedArrays().size();
    assertEquals(first, METRIC.evaluate(generated));
    assertEquals(before, manager.getManagedArrays().size());
  }

  @Test
  void aSingleSampleCannotBeCompared(NDManager manager) {
    UnusableComponentException exception =
        assertThrows(
            UnusableComponentException.class,
            () ->
                METRIC.evaluate(
                    new GeneratedSamples(manager, waves(1, 16, 1), 20, noisyWaves(1, 16, 0))));
    assertEquals("the data set needs at least two samples", exception.getMessage());
  }
}
