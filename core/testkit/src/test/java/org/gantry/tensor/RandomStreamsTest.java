package org.gantry.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class RandomStreamsTest {

  private static final int COUNT = 100_000;

  @Test
  void theSamePositionGivesTheSameDraws() {
    RandomStreams streams = new RandomStreams(1);
    streams.at("latent", 6).nextLong();
    assertArrayEquals(
        streams.at("latent", 7).longs(10).toArray(),
        new RandomStreams(1).at("latent", 7).longs(10).toArray());
  }

  @Test
  void differentSeedsNamesAndPositionsGiveDifferentDraws() {
    Set<Long> first = new HashSet<>();
    int draws = 0;
    for (long seed = 0; seed < 10; seed++) {
      for (String name : new String[] {"", "a", "b", "ab", "ba"}) {
        for (long step = 0; step < 10; step++) {
          for (long count = 0; count < 10; count++) {
            first.add(new RandomStreams(seed).at(name, step, count).nextLong());
            draws++;
          }
          first.add(new RandomStreams(seed).at(name, step).nextLong());
          draws++;
        }
      }
    }
    assertEquals(draws, first.size());
  }

  @Test
  void neighbouringPositionsAreUncorrelated() {
    double sum = 0;
    RandomStreams streams = new RandomStreams(2);
    for (int i = 0; i < COUNT; i++) {
      sum += streams.at("noise", i).nextGaussian() * streams.at("noise", i + 1).nextGaussian();
    }
    // The mean of products of independent normal values has the standard deviation 1 / sqrt(COUNT).
    assertEquals(0, sum / COUNT, 4 / Math.sqrt(COUNT));
  }

  @Test
  void firstDrawsOfConsecutiveStepsAreUniform() {
    int[] bins = new int[10];
    RandomStreams streams = new RandomStreams(3);
    for (int i = 0; i < COUNT; i++) {
      bins[(int) (10 * streams.at("uniform", i).nextDouble())]++;
    }
    double chi = 0;
    for (int bin : bins) {
      chi += Math.pow(bin - COUNT / 10.0, 2) / (COUNT / 10.0);
    }
    // The 99.9th percentile of chi squared with 9 degrees of freedom.
    assertTrue(chi < 27.88, "chi squared " + chi);
  }

  @Test
  void normalNoiseHasMeanZeroAndDeviationOne(NDManager manager) {
    double[] moments = moments(stream(4).normal(manager, new Shape(COUNT)).toFloatArray());
    assertEquals(0, moments[0], 4 / Math.sqrt(COUNT));
    assertEquals(1, moments[1], 4 / Math.sqrt(2.0 * COUNT));
  }

  @Test
  void uniformNoiseFillsTheUnitInterval(NDManager manager) {
    float[] values = stream(5).uniform(manager, new Shape(COUNT)).toFloatArray();
    for (float value : values) {
      assertTrue(value >= 0 && value < 1, "value " + value);
    }
    double[] moments = moments(values);
    assertEquals(0.5, moments[0], 4 * Math.sqrt(1 / 12.0 / COUNT));
    assertEquals(Math.sqrt(1 / 12.0), moments[1], 0.002);
  }

  @Test
  void noiseOfTheSamePositionHasTheSameBits(NDManager manager) {
    assertArrayEquals(
        stream(6).normal(manager, new Shape(3, 5)).toFloatArray(),
        stream(6).normal(manager, new Shape(3, 5)).toFloatArray());
  }

  private static RandomStream stream(long seed) {
    RandomGenerator generator = new RandomStreams(seed).at("test");
    return () -> generator;
  }

  /** Returns the mean and the standard deviation. */
  private static double[] moments(float[] values) {
    double mean = 0;
    double square = 0;
    for (float value : values) {
      mean += value / (double) values.length;
      square += value * (double) value / values.length;
    }
    return new double[] {mean, Math.sqrt(square - mean * mean)};
  }
}
