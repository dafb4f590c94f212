package org.gantry.plugin.slicedwasserstein;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class SlicedDistanceTest {

  private static NDArray points(NDManager manager, float... coordinates) {
    return manager.create(coordinates, new Shape(coordinates.length / 2, 2));
  }

  @Test
  void theDistanceMatchesAReferenceValue(NDManager manager) {
    NDArray a = points(manager, 0, 0, 1, 0, 0, 2);
    NDArray b = points(manager, 1, 1, 0, 1, 2, 2);
    NDArray directions = manager.create(new float[] {1, 0, .6f, 0, 1, .8f}, new Shape(2, 3));
    assertEquals(0.755556, SlicedDistance.distance(a, b, directions, 1), 1e-6);
    assertEquals(0.864099, Math.sqrt(SlicedDistance.distance(a, b, directions, 2)), 1e-6);
    NDArray oblique = manager.create(new float[] {.6f, .8f}, new Shape(2, 1));
    assertEquals(0.933333, SlicedDistance.distance(a, b, oblique, 1), 1e-6);
  }

  @Test
  void theOrderOfSamplesDoesNotMatter(NDManager manager) {
    NDArray directions = SlicedDistance.directions(manager, 2, 5, new RandomStreams(1).at("d"));
    NDArray a = points(manager, 3, 1, 4, 1, 5, 9);
    NDArray b = points(manager, 5, 9, 3, 1, 4, 1);
    assertEquals(0, SlicedDistance.distance(a, b, directions, 1), 1e-7);
  }

  @Test
  void directionsAreUnitVectorsInAllOrthants(NDManager manager) {
    NDArray directions = SlicedDistance.directions(manager, 3, 2000, new RandomStreams(2).at("d"));
    assertEquals(new Shape(3, 2000), directions.getShape());
    double[] lengths = ArrayAssertions.toDoubles(directions.square().sum(new int[] {0}));
    for (double length : lengths) {
      assertEquals(1, length, 1e-5);
    }
    ArrayAssertions.assertClose(0.04, directions.sum(new int[] {1}).div(2000), 0, 0, 0);
    ArrayAssertions.assertClose(
        0.03, directions.square().sum(new int[] {1}).div(2000), 1 / 3., 1 / 3., 1 / 3.);
  }
}
