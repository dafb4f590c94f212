package org.gantry.plugin.twodomain;

import static org.gantry.plugin.twodomain.ImageDistance.ABSOLUTE;
import static org.gantry.plugin.twodomain.ImageDistance.SQUARED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** Values that were computed by hand from the papers' formulas. */
@TensorTest
final class ImageDistanceTest {

  @Test
  void absoluteDistanceIsTheMeanOverAllPixels(NDManager manager) {
    NDArray x = manager.create(new float[] {0.5f, -0.5f, 0.25f, 0});
    NDArray returned = manager.create(new float[] {0.4f, -0.5f, 0.35f, 0.2f});
    NDArray y = manager.create(new float[] {1, -1, 0, 0.5f});
    NDArray returnedY = manager.create(new float[] {0.9f, -0.8f, 0, 0.5f});

    double cycle = ABSOLUTE.between(returned, x).getFloat();
    double cycleY = ABSOLUTE.between(returnedY, y).getFloat();

    assertEquals(0.1, cycle, 1e-6);
    assertEquals(0.075, cycleY, 1e-6);
    // The adversarial terms of the example are 0.85 and 0.5, and the weight is 10.
    assertEquals(3.1, 0.85 + 0.5 + 10 * (cycle + cycleY), 1e-5);
  }

  @Test
  void squaredDistanceIsTheMeanOverAllPixels(NDManager manager) {
    NDArray x = manager.create(new float[] {0.5f, -0.5f, 0.25f, 0});
    NDArray returned = manager.create(new float[] {0.4f, -0.5f, 0.35f, 0.2f});

    assertEquals((0.01 + 0 + 0.01 + 0.04) / 4, SQUARED.between(returned, x).getFloat(), 1e-6);
  }
}
