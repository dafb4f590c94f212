package org.gantry.plugin.sampledistance;

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
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class BirthdayMetricTest {

  /** Points in five dimensions without near-duplicates. */
  private record NormalPoints() implements SampledDataset {
    @Override
    public List<DatasetField> fields() {
      return List.of(new DatasetField(DatasetField.IMAGE, new Shape(5), -5, 5, List.of()));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      for (int i = 0; i < 5; i++) {
        into.get(DatasetField.IMAGE).put((float) random.nextGaussian());
      }
    }
  }

  /** A generator with a finite support of equally likely points. */
  private record GeneratedSamples(NDManager manager, Dataset dataset, int sampleCount, int support)
      implements EvaluationContext {
    @Override
    public NDArray samples() {
      RandomGenerator random = new RandomStreams(9).at("generated", support);
      return FloatArrays.fill(
          manager,
          new Shape(sampleCount, 5),
          buffer -> {
            for (int i = 0; i < sampleCount; i++) {
              int which = random.nextInt(support);
              point(which, buffer);
            }
          });
    }

    private static void point(int which, FloatBuffer into) {
      new NormalPoints()
          .draw(new RandomStreams(8).at("point", which), Map.of(DatasetField.IMAGE, into));
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

  private static Map<String, Double> evaluate(NDManager manager, int count, int support) {
    return new BirthdayMetric(new BirthdayMetric.Options(1500, 1000, 0.001, 1000))
        .evaluate(new GeneratedSamples(manager, new NormalPoints(), count, support));
  }

  @Test
  void theUniformSupportMatchesAReferenceValue() {
    assertEquals(1e6, BirthdayMetric.uniformSupport(1177.41), 1e-5 * 1e6);
  }

  @Test
  void aKnownSupportIsEstimated(NDManager manager) {
    for (int support : new int[] {30, 100, 1000}) {
      Map<String, Double> figures = evaluate(manager, 1500, support);
      assertEquals(support, figures.get("birthday-support-uniform"), 0.25 * support);
      assertTrue(figures.get("birthday-support") > support, figures.toString());
      assertEquals(
          Math.pow(figures.get("birthday-batch"), 2), figures.get("birthday-support"), 1e-9);
    }
  }

  @Test
  void aConstantGeneratorHasASupportOfAtMostFour(NDManager manager) {
    Map<String, Double> figures = evaluate(manager, 100, 1);

    assertEquals(2, figures.get("birthday-batch"));
    assertEquals(100 * 99 / 2, figures.get("birthday-pairs"));
  }

  @Test
  void realisticSamplesHaveAlmostNoDuplicates(NDManager manager) {
    Map<String, Double> figures = evaluate(manager, 1000, Integer.MAX_VALUE);

    assertTrue(figures.get("birthday-pairs") <= 3, figures.toString());
    assertTrue(figures.get("birthday-batch") > 400, figures.toString());
    assertTrue(figures.get("birthday-threshold") > 0, figures.toString());
  }

  @Test
  void theSameSeedGivesTheSameValuesAndLeavesNoArrays(NDManager manager) {
    Map<String, Double> first = evaluate(manager, 300, 200);
    int before = manager.getManagedArrays().size();

    assertEquals(first, evaluate(manager, 300, 200));
    assertEquals(before, manager.getManagedArrays().size());
  }

  @Test
  void oneSampleIsRefused(NDManager manager) {
    UnusableComponentException exception =
        assertThrows(UnusableComponentException.class, () -> evaluate(manager, 1, 1));

    assertEquals("the metric needs at least two samples", exception.getMessage());
  }
}
