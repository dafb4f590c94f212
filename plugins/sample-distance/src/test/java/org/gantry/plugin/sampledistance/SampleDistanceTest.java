package org.gantry.plugin.sampledistance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.InMemoryImages;
import org.gantry.metric.EvaluationContext;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class SampleDistanceTest {

  private record FixedSamples(NDManager manager, Dataset dataset, FloatBuffer points)
      implements EvaluationContext {
    @Override
    public int sampleCount() {
      return points.limit() / 2;
    }

    @Override
    public NDArray samples() {
      return manager.create(points.array(), new Shape(sampleCount(), 1, 1, 2));
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

  /** Images of two pixels: black, black and white, and white. */
  private static Map<String, Double> evaluate(NDManager manager, float... values) {
    byte white = (byte) 255;
    Dataset data =
        InMemoryImages.of(new ByteImages(3, 1, 1, 2, new byte[] {0, 0, 0, white, white, white}));
    return new SampleDistance(new SampleDistance.Options(500))
        .evaluate(new FixedSamples(manager, data, FloatBuffer.wrap(values)));
  }

  @Test
  void theDistanceIsTheMeanOverAllPairs(NDManager manager) {
    Map<String, Double> figures = evaluate(manager, 0, 0, 3, 4, 0, 4);
    assertEquals((5 + 4 + 3) / 3.0, figures.get("sample-distance"), 1e-9);
  }

  @Test
  void realSamplesAreComparedInTheScaleOfTheData(NDManager manager) {
    double real = evaluate(manager, 0, 0, 1, 1).get("sample-distance-real");
    assertEquals((2 + 2 + Math.sqrt(8)) / 3, real, 1e-6);
  }

  @Test
  void aConstantGeneratorHasDistanceZero(NDManager manager) {
    assertEquals(0, evaluate(manager, 1, 2, 1, 2, 1, 2).get("sample-distance"));
  }

  @Test
  void oneSampleIsRefused(NDManager manager) {
    UnusableComponentException exception =
        assertThrows(UnusableComponentException.class, () -> evaluate(manager, 1, 2));
    assertTrue(exception.getMessage().contains("at least two samples"));
  }
}
