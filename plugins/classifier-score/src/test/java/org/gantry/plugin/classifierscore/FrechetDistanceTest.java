package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class FrechetDistanceTest {

  @Test
  void theDistanceOfMomentsMatchesAReferenceValue(NDManager manager) {
    NDArray m1 = manager.create(new double[] {0, 0});
    NDArray s1 = manager.create(new double[] {1, .3, .3, 2}, new Shape(2, 2));
    NDArray m2 = manager.create(new double[] {1, -.5});
    NDArray s2 = manager.create(new double[] {1.5, -.2, -.2, .7}, new Shape(2, 2));
    try (FrechetDistance frechet = new FrechetDistance(manager)) {
      assertEquals(1.734985, frechet.ofMoments(m1, s1, m2, s2), 1e-6);
      assertEquals(1.734985, frechet.ofMoments(m2, s2, m1, s1), 1e-6);
      assertEquals(0, frechet.ofMoments(m1, s1, m1, s1), 1e-12);
      // With equal means, the distance is the traces, 3 and 2.2, minus twice that of the root.
      assertEquals(5.2 - 2 * 2.357507, frechet.ofMoments(m1, s1, m1, s2), 2e-6);
    }
  }

  @Test
  void theDistanceOfSamplesMatchesAReferenceValue(NDManager manager) {
    NDArray x = manager.create(new float[] {0, 0, 1, 2, 2, 1, 3, 3}, new Shape(4, 2));
    NDArray y = manager.create(new float[] {1, 0, 2, 2, 3, 1, 2, 4}, new Shape(4, 2));
    try (FrechetDistance frechet = new FrechetDistance(manager)) {
      assertEquals(1.042367, frechet.ofSamples(x, y), 1e-6);
    }
  }

  @Test
  void theDistanceGrowsWithNoiseAndAcceptsDependentFeatures(NDManager manager) {
    RandomGenerator random = new RandomStreams(1).at("features");
    NDArray features = normal(manager, random, new Shape(500, 6));
    // Two equal columns and a column of zeros, as from dead units: a singular covariance.
    NDArray singular = features.concat(features, 1).concat(manager.zeros(new Shape(500, 1)), 1);
    NDArray noise = normal(manager, random, singular.getShape());
    try (FrechetDistance frechet = new FrechetDistance(manager)) {
      double before = 0;
      assertEquals(0, frechet.ofSamples(singular, singular), 1e-6);
      for (double sigma : new double[] {0.1, 0.3, 1, 3}) {
        double distance = frechet.ofSamples(singular.add(noise.mul(sigma)), singular);
        assertTrue(distance > before, distance + " after " + before);
        before = distance;
      }
    }
  }

  private static NDArray normal(NDManager manager, RandomGenerator random, Shape shape) {
    return FloatArrays.fill(
        manager,
        shape,
        buffer -> {
          while (buffer.hasRemaining()) {
            buffer.put((float) random.nextGaussian());
          }
        });
  }
}
