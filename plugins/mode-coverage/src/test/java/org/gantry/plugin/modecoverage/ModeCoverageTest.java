package org.gantry.plugin.modecoverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.InMemoryImages;
import org.gantry.data.MixtureDataset;
import org.gantry.data.SampledDataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.MetricSubject;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class ModeCoverageTest {

  /** Eight modes on the unit circle. */
  private record RingData(double standardDeviation) implements SampledDataset, MixtureDataset {
    @Override
    public List<DatasetField> fields() {
      return List.of(new DatasetField(DatasetField.IMAGE, new Shape(2), -2, 2, List.of()));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      throw new UnsupportedOperationException("the metric knows the centres");
    }

    @Override
    public List<double[]> centres() {
      return IntStream.range(0, 8)
          .mapToDouble(i -> 2 * Math.PI * i / 8)
          .mapToObj(angle -> new double[] {Math.cos(angle), Math.sin(angle)})
          .toList();
    }
  }

  private record FixedSamples(NDManager manager, Dataset dataset, FloatBuffer points)
      implements EvaluationContext {
    @Override
    public int sampleCount() {
      return points.limit() / 2;
    }

    @Override
    public NDArray samples() {
      return manager.create(points.array(), new Shape(sampleCount(), 2));
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(0);
    }

    @Override
    public Path cacheFolder() {
      throw new UnsupportedOperationException("nothing is costly here");
    }
  }

  private static Map<String, Double> evaluate(NDManager manager, Dataset data, float... points) {
    return new ModeCoverage(new ModeCoverage.Options(3))
        .evaluate(new FixedSamples(manager, data, FloatBuffer.wrap(points)));
  }

  @Test
  void aRingNeedsFiveHundredSamples() {
    ModeCoverage metric = new ModeCoverage(new ModeCoverage.Options(3));
    assertEquals(500, metric.leastSamples(MetricSubject.of(new RingData(0.1))));
  }

  @Test
  void theCountsMatchAHandCalculation(NDManager manager) {
    float[] points = {1.01f, .01f, .96f, 0, 0, 1.029f, .72f, .70f, -1, .02f, .3f, .3f};
    Map<String, Double> figures = evaluate(manager, new RingData(0.01), points);
    assertEquals(4, figures.get("modes"));
    assertEquals(4, figures.get("modes-one-percent"));
    assertEquals(0.666667, figures.get("high-quality"), 1e-6);
    assertEquals(Math.log(2), figures.get("reverse-kl"), 1e-12);
  }

  @Test
  void theDistancesToTheNearestModesMatchReferenceValues() {
    assertNearest(0, 0.014142, 1.01f, .01f);
    assertNearest(0, 0.04, .96f, 0);
    assertNearest(2, 0.029, 0, 1.029f);
    assertNearest(1, 0.014722, .72f, .70f);
    assertNearest(4, 0.02, -1, .02f);
    assertNearest(1, 0.575736, .3f, .3f);
  }

  /** A slightly larger radius reaches the point, and a slightly smaller one does not. */
  private static void assertNearest(int mode, double distance, float... point) {
    List<double[]> centres = new RingData(0.01).centres();
    double margin = 1e-6;

    assertEquals(1, ModeCounts.of(point, centres, distance + margin).near().get(mode));
    assertEquals(
        0.0, ModeCounts.of(point, centres, distance - margin).figures().get("high-quality"));
  }

  @Test
  void theReverseKlMatchesAReferenceValue() {
    ModeCounts uneven = new ModeCounts(100, List.of(50, 30, 20, 0, 0, 0, 0, 0));
    assertEquals(1.049789, uneven.figures().get("reverse-kl"), 1e-6);
    // The divergence is the logarithm of 8 minus the entropy.
    assertEquals(1.029653, Math.log(8) - uneven.figures().get("reverse-kl"), 1e-6);
    ModeCounts single = new ModeCounts(9, List.of(0, 0, 0, 9, 0, 0, 0, 0));
    assertEquals(2.079442, single.figures().get("reverse-kl"), 1e-6);
  }

  @Test
  void oneSampleInAThousandCountsAsAModeButNotAsOnePercent() {
    Map<String, Double> figures = new ModeCounts(1000, List.of(980, 10, 9, 1)).figures();
    assertEquals(4, figures.get("modes"));
    assertEquals(2, figures.get("modes-one-percent"));
  }

  @Test
  void aPerfectSamplerHasTheExpectedHighQualityShare(NDManager manager) {
    RingData ring = new RingData(0.01);
    RandomGenerator random = new RandomStreams(7).at("points");
    float[] points = new float[20_000];
    for (int i = 0; i < points.length; i += 2) {
      double[] centre = ring.centres().get(random.nextInt(8));
      points[i] = (float) random.nextGaussian(centre[0], 0.01);
      points[i + 1] = (float) random.nextGaussian(centre[1], 0.01);
    }
    Map<String, Double> figures = evaluate(manager, ring, points);
    assertEquals(8, figures.get("modes-one-percent"));
    assertEquals(1 - Math.exp(-4.5), figures.get("high-quality"), 0.004);
    assertEquals(0, figures.get("reverse-kl"), 0.002);
  }

  @Test
  void nanPointsReachNoMode(NDManager manager) {
    Map<String, Double> figures =
        evaluate(manager, new RingData(0.01), Float.NaN, 0, Float.POSITIVE_INFINITY, 1);
    assertEquals(0, figures.get("modes"));
    assertEquals(0, figures.get("high-quality"));
    assertFalse(figures.containsKey("reverse-kl"));
  }

  @Test
  void aDatasetThatIsNotAMixtureIsRefused(NDManager manager) {
    Dataset images = InMemoryImages.of(new ByteImages(1, 1, 1, 2, new byte[2]));
    UnusableComponentException exception =
        assertThrows(UnusableComponentException.class, () -> evaluate(manager, images, 0, 0));
    assertTrue(exception.getMessage().startsWith("mode-coverage needs a mixture of Gaussians"));
  }
}
