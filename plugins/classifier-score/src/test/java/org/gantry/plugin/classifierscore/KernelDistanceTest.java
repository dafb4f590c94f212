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
final class KernelDistanceTest {

  private static final double[][] X = {{0, 0}, {1, 2}, {2, 1}, {3, 3}};
  private static final double[][] Y = {{1, 0}, {2, 2}, {3, 1}, {2, 4}};

  private static double kernel(double[] a, double[] b) {
    return Math.pow((a[0] * b[0] + a[1] * b[1]) / 2 + 1, 3);
  }

  /** The mean of the kernel over pairs, with or without pairs of a point and itself. */
  private static double mean(double[][] a, double[][] b, boolean diagonal) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        if (diagonal || i != j) {
          sum += kernel(a[i], b[j]);
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  @Test
  void theDistanceOfSamplesMatchesAReferenceValue(NDManager manager) {
    try (KernelDistance distance = new KernelDistance(manager)) {
      assertEquals(-110.270833, distance.ofSamples(manager.create(X), manager.create(Y)), 1e-6);
    }
  }

  @Test
  void aPointIsNotComparedWithItself(NDManager manager) {
    double biased = mean(X, X, true) + mean(Y, Y, true) - 2 * mean(X, Y, true);
    double unbiased = mean(X, X, false) + mean(Y, Y, false) - 2 * mean(X, Y, true);

    assertEquals(17.429688, biased, 1e-6);
    try (KernelDistance distance = new KernelDistance(manager)) {
      assertEquals(unbiased, distance.ofSamples(manager.create(X), manager.create(Y)), 1e-9);
    }
  }

  @Test
  void setsOfDifferentSizesAreCompared(NDManager manager) {
    double[][] three = {Y[0], Y[1], Y[2]};
    double expected = mean(X, X, false) + mean(three, three, false) - 2 * mean(X, three, true);
    try (KernelDistance distance = new KernelDistance(manager)) {
      NDArray x = manager.create(X);
      NDArray y = manager.create(three);
      assertEquals(expected, distance.ofSamples(x, y), 1e-9);
      assertEquals(expected, distance.ofSamples(y, x), 1e-9);
    }
  }

  @Test
  void theMeanDistanceWithinOneDistributionIsZeroForAnySize(NDManager manager) {
    int draws = 100;
    RandomGenerator random = new RandomStreams(1).at("features");
    try (KernelDistance distance = new KernelDistance(manager)) {
      for (int size : new int[] {5, 30, 200}) {
        double sum = 0;
        double squares = 0;
        for (int draw = 0; draw < draws; draw++) {
          double value =
              distance.ofSamples(
                  normal(manager, random, size, 0), normal(manager, random, size, 0));
          sum += value;
          squares += value * value;
        }
        double error = Math.sqrt(squares) / draws;
        assertEquals(0, sum / draws, 4 * error, "sets of " + size);
      }
    }
  }

  @Test
  void theDistanceGrowsWithTheShift(NDManager manager) {
    RandomGenerator random = new RandomStreams(2).at("features");
    NDArray real = normal(manager, random, 400, 0);
    double before = 0.01;
    try (KernelDistance distance = new KernelDistance(manager)) {
      for (double shift : new double[] {0.3, 1, 3}) {
        NDArray fake = normal(manager, random, 400, shift);
        KernelDistance.DistanceEstimate estimate = distance.ofSubsets(fake, real, 20, 200, random);
        assertTrue(estimate.mean() > before, estimate + " after " + before);
        before = estimate.mean();
      }
    }
  }

  @Test
  void wholeSetsHaveNoDeviation(NDManager manager) {
    RandomGenerator random = new RandomStreams(3).at("subsets");
    try (KernelDistance distance = new KernelDistance(manager)) {
      KernelDistance.DistanceEstimate estimate =
          distance.ofSubsets(manager.create(X), manager.create(Y), 5, 4, random);
      assertEquals(-110.270833, estimate.mean(), 1e-6);
      assertEquals(0, estimate.deviation(), 1e-9);
    }
  }

  private static NDArray normal(
      NDManager manager, RandomGenerator random, int count, double shift) {
    return FloatArrays.fill(
        manager,
        new Shape(count, 6),
        buffer -> {
          while (buffer.hasRemaining()) {
            buffer.put((float) random.nextGaussian(shift, 1));
          }
        });
  }
}
