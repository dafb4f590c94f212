package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.layers.Flatten;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.MetricSubject;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class FeatureDistanceTest {

  private static final int SIDE = 12;

  @TempDir Path folder;

  /** Pictures without labels: a bright corner or bar at a random place, upright. */
  private record Pictures(int size, int height, int width) implements IndexedDataset {
    @Override
    public List<DatasetField> fields() {
      return List.of(DatasetField.image(1, height, width));
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      put(new RandomStreams(5).at("pictures", index), 0, height, width, into);
    }
  }

  /** A triangle that stands on its base, with noise. */
  private static void put(
      RandomGenerator random, double noise, int height, int width, FloatBuffer into) {
    int left = random.nextInt(width / 2);
    int bottom = random.nextInt(height / 2, height);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        boolean ink =
            row <= bottom && row > bottom - 5 && Math.abs(column - left - 3) <= row - bottom + 5;
        into.put((float) ((ink ? 0.8 : -0.8) + (noise + 0.05) * random.nextGaussian()));
      }
    }
  }

  private record GeneratedPictures(
      NDManager manager, Dataset dataset, Path cacheFolder, double noise, int sampleCount)
      implements EvaluationContext {
    @Override
    public NDArray samples() {
      return FloatArrays.fill(
          manager,
          new Shape(sampleCount, 1, SIDE, SIDE),
          into -> {
            for (int i = 0; i < sampleCount; i++) {
              put(new RandomStreams(6).at("generated", i), noise, SIDE, SIDE, into);
            }
          });
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(3);
    }
  }

  private static FeatureDistance metric(Path features) {
    return new FeatureDistance(new FeatureDistance.Options(features, 0, false, 3000, 5));
  }

  private Map<String, Double> evaluate(NDManager manager, Path features, double noise) {
    return metric(features)
        .evaluate(
            new GeneratedPictures(manager, new Pictures(300, SIDE, SIDE), folder, noise, 200));
  }

  @Test
  void picturesWithoutLabelsHaveADistanceWhoseNameIsItsProtocol(NDManager manager) {
    Map<String, Double> good = evaluate(manager, Path.of(""), 0);
    assertEquals(
        List.of(
            "frechet-distance-rotations-3000-n200",
            "frechet-distance-rotations-3000-n100-real",
            "kernel-distance-rotations-3000-n200"),
        List.copyOf(good.keySet()));
    assertTrue(
        Files.exists(folder) && folder.toFile().list().length == 1, "the network is in the cache");

    Map<String, Double> noisy = evaluate(manager, Path.of(""), 0.5);

    String figure = "frechet-distance-rotations-3000-n200";
    assertTrue(noisy.get(figure) > 5 * good.get(figure), good + " " + noisy);
    assertEquals(good, evaluate(manager, Path.of(""), 0), "the same samples, the same figures");
  }

  @Test
  void featuresOfAModuleAreNamedByItsFileAndContent(NDManager manager) throws IOException {
    Path file = folder.resolve("Mean features.pt");
    try (OutputStream out = Files.newOutputStream(file)) {
      SequentialBlock block = new SequentialBlock();
      block.add(new Flatten()).add(Linear.builder().setUnits(4).build());
      Shape pictures = new Shape(1, 1, SIDE, SIDE);
      block.initialize(manager, DataType.FLOAT32, pictures);
      ExportAssertions.exportOf(block, pictures).writeModule(Map.of(), out);
    }

    Map<String, Double> good = evaluate(manager, file, 0);
    Map<String, Double> noisy = evaluate(manager, file, 0.5);

    String figure = good.keySet().iterator().next();
    assertTrue(figure.matches("frechet-distance-mean-features-[0-9a-f]{8}-n200"), figure);
    assertTrue(noisy.get(figure) > 2 * good.get(figure), good + " " + noisy);
  }

  @Test
  void unusableDataAndFilesAreRefusedBeforeTheTraining() {
    assertTrue(
        assertThrows(
                UnusableComponentException.class,
                () ->
                    metric(Path.of(""))
                        .requireCompatible(MetricSubject.of(new Pictures(11, SIDE, SIDE))))
            .getMessage()
            .contains("at least 25 images, but this one has only 11"));
    assertThrows(
        UnusableComponentException.class,
        () ->
            metric(folder.resolve("none.pt"))
                .requireCompatible(MetricSubject.of(new Pictures(300, SIDE, SIDE))));
  }

  @Test
  void fourQuarterTurnsOfASquareDiffer() {
    assertArrayEquals(
        new float[][] {{1, 2, 3, 4}, {2, 4, 1, 3}, {4, 3, 2, 1}, {3, 1, 4, 2}}, turns(2, 2));
  }

  @Test
  void otherShapesAreMirroredAndKeepTheirShape() {
    assertArrayEquals(
        new float[][] {
          {1, 2, 3, 4, 5, 6}, {3, 2, 1, 6, 5, 4}, {6, 5, 4, 3, 2, 1}, {4, 5, 6, 1, 2, 3}
        },
        turns(2, 3));
  }

  /** The four positions of the image 1, 2, 3, ... */
  private static float[][] turns(int height, int width) {
    TurnedImages turned =
        new TurnedImages(
            new IndexedDataset() {
              @Override
              public int size() {
                return 30;
              }

              @Override
              public List<DatasetField> fields() {
                return List.of(DatasetField.image(1, height, width));
              }

              @Override
              public void read(int index, DatasetField field, FloatBuffer into) {
                IntStream.rangeClosed(1, height * width).forEach(into::put);
              }
            });
    return IntStream.range(0, 4)
        .mapToObj(
            i -> {
              FloatBuffer into = FloatBuffer.allocate(height * width);
              turned.read(i, turned.fields().get(0), into);
              return into.array();
            })
        .toArray(float[][]::new);
  }
}
