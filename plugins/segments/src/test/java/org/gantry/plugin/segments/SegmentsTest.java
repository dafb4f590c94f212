package org.gantry.plugin.segments;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.nio.FloatBuffer;
import java.util.Map;
import org.gantry.data.DatasetField;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class SegmentsTest {

  @Test
  void dataLieOnASegmentOfUnitLength() {
    FloatBuffer points = FloatBuffer.allocate(2000);
    var random = new RandomStreams(1).at("points");
    for (int i = 0; i < 1000; i++) {
      new SegmentDataset().draw(random, Map.of(DatasetField.IMAGE, points));
    }
    float sum = 0;
    for (int i = 0; i < 1000; i++) {
      assertEquals(0, points.get(2 * i));
      assertTrue(points.get(2 * i + 1) >= 0 && points.get(2 * i + 1) < 1);
      sum += points.get(2 * i + 1);
    }
    assertEquals(0.5, sum / 1000, 0.03);
  }

  @Test
  void theClosedFormOfTheGradientMatchesReferenceValues() {
    // The reference values of the experiment vanishing-gradient.
    assertEquals(0.0000446, gradient(0.1), 1e-7);
    assertEquals(0.548779, gradient(0.25), 1e-6);
    assertEquals(0.899199, gradient(0.5), 1e-6);
    assertEquals(0.397973, gradient(1), 1e-6);
    assertEquals(0.117632, gradient(2), 1e-6);
    assertEquals(0.4496, gradient(0.5) / 2, 1e-5);
    assertEquals(0.336831, divergence(1, 0.5), 1e-6);
    assertEquals(0.111421, divergence(1, 1), 1e-6);
  }

  @Test
  void theGeneratorMapsCodesToAParallelSegment(NDManager manager) {
    OffsetLayer shift = new OffsetLayer(1);
    shift.initialize(manager, DataType.FLOAT32, new Shape(2, 1));
    NDArray codes = manager.create(new float[] {0.25f, 0.75f}, new Shape(2, 1));
    NDArray points =
        shift.forward(new ParameterStore(manager, false), new NDList(codes), false).get(0);
    assertEquals(new Shape(2, 2), points.getShape());
    assertClose(0, points, 1, 0.25, 1, 0.75);
  }

  /** Twice the derivative with respect to the distance, at 1. */
  private static double gradient(double deviation) {
    double step = 1e-4;
    return (divergence(1 + step, deviation) - divergence(1 - step, deviation)) / step;
  }

  /** The Jensen-Shannon divergence between two normal distributions. */
  private static double divergence(double distance, double deviation) {
    double step = deviation / 500;
    double sum = 0;
    for (double x = -10 * deviation; x < distance + 10 * deviation; x += step) {
      double p = density(x, deviation);
      double q = density(x - distance, deviation);
      double mean = (p + q) / 2;
      sum += step * (part(p, mean) + part(q, mean)) / 2;
    }
    return sum;
  }

  private static double density(double x, double deviation) {
    double z = x / deviation;
    return Math.exp(-z * z / 2) / (deviation * Math.sqrt(2 * Math.PI));
  }

  private static double part(double p, double mean) {
    return p == 0 ? 0 : p * Math.log(p / mean);
  }
}
