package org.gantry.plugin.sampledistance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.tensor.RandomStreams;
import org.junit.jupiter.api.Test;

final class NearDuplicatesTest {

  private static List<float[]> line(float... values) {
    List<float[]> vectors = new ArrayList<>();
    for (float value : values) {
      vectors.add(new float[] {value});
    }
    return vectors;
  }

  /** The share of trials in which draws from a finite support contain a duplicate. */
  private static double colliding(int support, int batch, int draws) {
    RandomGenerator random = new RandomStreams(1).at("draws", support);
    int colliding = 0;
    for (int draw = 0; draw < draws; draw++) {
      float[] values = new float[batch];
      for (int i = 0; i < batch; i++) {
        values[i] = random.nextInt(support);
      }
      if (NearDuplicates.among(line(values), 0).pairCount() > 0) {
        colliding++;
      }
    }
    return colliding / (double) draws;
  }

  private static double exact(int support, int batch) {
    double allDifferent = 1;
    for (int i = 0; i < batch; i++) {
      allDifferent *= 1 - i / (double) support;
    }
    return 1 - allDifferent;
  }

  private static double approximate(double support, double batch) {
    return 1 - Math.exp(-batch * (batch - 1) / (2 * support));
  }

  @Test
  void theCollisionProbabilityMatchesReferenceValues() {
    assertEquals(0.507297, exact(365, 23), 1e-6);
    assertEquals(0.500002, approximate(365, 23), 1e-6);
    assertEquals(0.392963, exact(160_000, 400), 1e-6);
    assertEquals(0.392711, approximate(160_000, 400), 1e-6);

    assertEquals(0.507297, colliding(365, 23, 4000), 0.025);
    assertEquals(0.392963, colliding(160_000, 400, 600), 0.06);
  }

  @Test
  void amongTwentyThreePeopleTwoShareABirthdayInHalfOfTheDraws() {
    RandomStreams streams = new RandomStreams(2);
    RandomGenerator random = streams.at("days");
    float[] days = new float[2500];
    for (int i = 0; i < days.length; i++) {
      days[i] = random.nextInt(365);
    }
    NearDuplicates collision = NearDuplicates.among(line(days), 0);

    assertEquals(23, collision.medianBatch(4000, streams.at("trials")), 1);
    // Of 2500 x 2499 / 2 pairs, one in 365.
    assertEquals(8558.0, (double) collision.pairCount(), 300);
  }

  @Test
  void copiesCollideAtOnceAndDistinctSamplesNever() {
    RandomGenerator random = new RandomStreams(3).at("trials");

    assertEquals(2, NearDuplicates.among(line(1, 1, 1, 1), 0).medianBatch(100, random));
    assertEquals(5, NearDuplicates.among(line(1, 2, 3, 4), 0.5).medianBatch(100, random));
    assertEquals(0, NearDuplicates.among(line(1, 2, 3, 4), 0.5).pairCount());
  }

  @Test
  void aDistanceEqualToTheThresholdIsANearDuplicate() {
    assertEquals(1, NearDuplicates.among(line(0, 2, 5), 2).pairCount());
    assertEquals(2, NearDuplicates.among(line(0, 2, 5), 3).pairCount());
  }

  @Test
  void theNearestNeighbourOfEveryVectorIsFound() {
    List<float[]> vectors =
        List.of(new float[] {0, 0}, new float[] {3, 4}, new float[] {3, 5}, new float[] {0, 0});

    assertArrayEquals(new double[] {0, 1, 1, 0}, SampleVectors.nearestDistances(vectors), 1e-12);
    assertArrayEquals(new double[] {4, 3, 3}, SampleVectors.nearestDistances(line(0, 4, 7)), 1e-12);
  }

  @Test
  void distancesAreOverAllValues() {
    float[] origin = {0, 0};

    assertEquals(5, SampleVectors.distance(origin, new float[] {3, 4}), 1e-12);
    assertTrue(SampleVectors.within(origin, new float[] {3, 4}, 5));
    assertFalse(SampleVectors.within(origin, new float[] {3, 4}, 4.99));
  }
}
