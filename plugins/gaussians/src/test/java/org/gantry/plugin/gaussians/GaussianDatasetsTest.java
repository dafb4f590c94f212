package org.gantry.plugin.gaussians;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;
import org.gantry.tensor.RandomStreams;
import org.junit.jupiter.api.Test;

final class GaussianDatasetsTest {

  private static final GaussianRing RING = new GaussianRing(new GaussianRing.Options(8, 2, 0.02));
  private static final GaussianGrid GRID = new GaussianGrid(new GaussianGrid.Options(5, 2, 0.05));

  private static float[] draw(SampledDataset data, int count, long seed) {
    RandomGenerator random = new RandomStreams(seed).at("points");
    FloatBuffer into = FloatBuffer.allocate(2 * count);
    for (int i = 0; i < count; i++) {
      FloatBuffer label = FloatBuffer.allocate(1);
      data.draw(random, Map.of(DatasetField.IMAGE, into, DatasetField.LABEL, label));
    }
    assertEquals(0, into.remaining());
    return into.array();
  }

  private static int nearest(List<double[]> centres, double x, double y) {
    int nearest = 0;
    for (int i = 1; i < centres.size(); i++) {
      if (distance(centres.get(i), x, y) < distance(centres.get(nearest), x, y)) {
        nearest = i;
      }
    }
    return nearest;
  }

  private static double distance(double[] centre, double x, double y) {
    return Math.hypot(centre[0] - x, centre[1] - y);
  }

  @Test
  void theRingHasEightDistinctCentresAtRadiusTwo() {
    List<double[]> centres = RING.centres();
    assertEquals(8, centres.size());
    assertArrayEquals(new double[] {2, 0}, centres.get(0), 1e-12);
    assertArrayEquals(new double[] {Math.sqrt(2), Math.sqrt(2)}, centres.get(1), 1e-12);
    for (int i = 0; i < 8; i++) {
      double[] next = centres.get((i + 1) % 8);
      assertEquals(4 * Math.sin(Math.PI / 8), distance(centres.get(i), next[0], next[1]), 1e-12);
    }
  }

  @Test
  void theLabelOfAPointIsItsMode() {
    RandomGenerator random = new RandomStreams(4).at("points");
    for (int i = 0; i < 100; i++) {
      FloatBuffer point = FloatBuffer.allocate(2);
      FloatBuffer label = FloatBuffer.allocate(1);
      RING.draw(random, Map.of(DatasetField.IMAGE, point, DatasetField.LABEL, label));
      assertEquals(nearest(RING.centres(), point.get(0), point.get(1)), (int) label.get(0));
    }
    assertEquals(8, RING.field(DatasetField.LABEL).orElseThrow().classNames().size());
  }

  @Test
  void theGridRunsFromMinusFourToFour() {
    List<double[]> centres = GRID.centres();
    assertEquals(25, centres.size());
    assertArrayEquals(new double[] {-4, -4}, centres.get(0));
    assertArrayEquals(new double[] {-4, -2}, centres.get(1));
    assertArrayEquals(new double[] {0, 0}, centres.get(12));
    assertArrayEquals(new double[] {4, 4}, centres.get(24));
  }

  @Test
  void everyModeIsDrawnEquallyOftenWithItsDeviation() {
    int count = 8000;
    float[] points = draw(RING, count, 1);
    int[] counts = new int[8];
    double squares = 0;
    for (int i = 0; i < count; i++) {
      int mode = nearest(RING.centres(), points[2 * i], points[2 * i + 1]);
      counts[mode]++;
      squares += Math.pow(distance(RING.centres().get(mode), points[2 * i], points[2 * i + 1]), 2);
    }
    for (int modeCount : counts) {
      assertEquals(1000, (double) modeCount, 120);
    }
    assertEquals(0.02, Math.sqrt(squares / (2 * count)), 0.0005);
  }

  @Test
  void theShareWithinThreeDeviationsMatchesTwoDimensions() {
    int count = 20_000;
    float[] points = draw(GRID, count, 2);
    int near = 0;
    for (int i = 0; i < count; i++) {
      int mode = nearest(GRID.centres(), points[2 * i], points[2 * i + 1]);
      if (distance(GRID.centres().get(mode), points[2 * i], points[2 * i + 1]) <= 0.15) {
        near++;
      }
    }
    assertEquals(1 - Math.exp(-4.5), near / (double) count, 0.003);
  }

  @Test
  void pointsHaveTwoCoordinatesWithinTheFieldsRange() {
    DatasetField field = RING.field(DatasetField.IMAGE).orElseThrow();
    assertEquals(new Shape(2), field.shape());
    for (float coordinate : draw(RING, 1000, 3)) {
      assertTrue(coordinate >= field.low() && coordinate <= field.high());
    }
  }

  @Test
  void theSameSeedDrawsTheSamePoints() {
    assertArrayEquals(draw(RING, 10, 4), draw(RING, 10, 4));
  }
}
