package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.tensor.RandomStreams;
import org.junit.jupiter.api.Test;

final class SampleFidelityTest {

  private static final int COUNT = 400;

  private static final List<float[]> REAL = line(0, 1, 2, 3, 10);
  private static final List<float[]> FAKE = line(.4f, .5f, 2.6f, 20);

  private static List<float[]> line(float... values) {
    List<float[]> points = new ArrayList<>();
    for (float value : values) {
      points.add(new float[] {value});
    }
    return points;
  }

  /** Normal points with deviation 1 around modes at a distance of ten. */
  private static List<float[]> clusters(int modes, double deviation, int count, String name) {
    RandomGenerator random = new RandomStreams(1).at(name);
    List<float[]> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(
          new float[] {
            (float) random.nextGaussian(10 * (i % modes), deviation),
            (float) random.nextGaussian(0, deviation)
          });
    }
    return points;
  }

  private static SampleFidelity of(List<float[]> real, List<float[]> fake) {
    return SampleFidelity.of(real, fake, 3, 5);
  }

  @Test
  void ballsReachToTheKthNeighbour() {
    assertArrayEquals(new double[] {1, 1, 1, 1, 7}, ManifoldEstimate.of(REAL, 1).radii(), 1e-6);
    assertArrayEquals(new double[] {2, 1, 1, 2, 8}, ManifoldEstimate.of(REAL, 2).radii(), 1e-6);
    assertArrayEquals(new double[] {.1, .1, 2.1, 17.4}, ManifoldEstimate.of(FAKE, 1).radii(), 1e-6);
    assertArrayEquals(
        new double[] {2.2, 2.1, 2.2, 19.5}, ManifoldEstimate.of(FAKE, 2).radii(), 1e-6);
  }

  @Test
  void theValuesMatchAHandCalculation() {
    assertEquals(new SampleFidelity(.75, .8, 1.5, .8), SampleFidelity.of(REAL, FAKE, 1, 1));
    assertEquals(new SampleFidelity(.75, 1, .875, 1), SampleFidelity.of(REAL, FAKE, 2, 2));
  }

  @Test
  void theSurfaceBelongsToTheBallForPrecisionButNotForDensity() {
    SampleFidelity touching = SampleFidelity.of(line(0, 1), line(2, 3), 1, 1);

    assertEquals(new SampleFidelity(.5, .5, 0, 0), touching);
  }

  @Test
  void anEqualPointIsANeighbourButThePointItselfIsNot() {
    assertArrayEquals(new double[] {0, 0, 4}, ManifoldEstimate.of(line(1, 1, 5), 1).radii());
    assertArrayEquals(new double[] {4, 4, 4}, ManifoldEstimate.of(line(1, 1, 5), 9).radii());
  }

  @Test
  void aSetComparedWithItselfHasPrecisionAndRecallOne() {
    List<float[]> points = clusters(3, 1, COUNT, "points");
    SampleFidelity same = of(points, points);

    assertEquals(1, same.precision());
    assertEquals(1, same.recall());
    assertEquals(1, same.coverage());
    // Each ball of 5 neighbours contains its centre and four other points.
    assertEquals(1, same.density(), 1e-9);
  }

  @Test
  void samplesOfOneDistributionHaveTheExpectedDensityAndCoverage() {
    int n = 1000;
    SampleFidelity like = of(clusters(1, 1, n, "real"), clusters(1, 1, n, "fake"));
    double missed = 1;
    for (int i = 1; i <= 5; i++) {
      missed *= (n - i) / (2.0 * n - i);
    }

    assertEquals(1, like.density(), 0.05);
    assertEquals(1 - missed, like.coverage(), 0.02);
    assertEquals(0.96875, 1 - missed, 1e-3);
    assertEquals(like.precision(), like.recall(), 0.03);
  }

  @Test
  void aMissingModeLowersOnlyRecallAndCoverage() {
    List<float[]> real = clusters(4, 1, COUNT, "real");
    SampleFidelity all = of(real, clusters(4, 1, COUNT, "fake"));
    SampleFidelity half = of(real, clusters(2, 1, COUNT, "fake"));

    assertTrue(half.recall() < all.recall() - 0.4, all + " to " + half);
    assertTrue(half.coverage() < all.coverage() - 0.4, all + " to " + half);
    assertEquals(all.precision(), half.precision(), 0.05);
    assertEquals(all.density(), half.density(), 0.1);
  }

  @Test
  void aFalseModeLowersPrecisionAndDensityButNotRecall() {
    List<float[]> real = clusters(2, 1, COUNT, "real");
    SampleFidelity all = of(real, clusters(2, 1, COUNT, "fake"));
    SampleFidelity more = of(real, clusters(4, 1, COUNT, "fake"));

    assertTrue(more.precision() < all.precision() - 0.4, all + " to " + more);
    assertTrue(more.density() < all.density() - 0.4, all + " to " + more);
    assertEquals(all.recall(), more.recall(), 0.05);
  }

  @Test
  void addedNoiseLowersPrecisionAndDensityButNotRecall() {
    List<float[]> real = clusters(1, 1, COUNT, "real");
    SampleFidelity before = of(real, clusters(1, 1, COUNT, "fake"));
    double recall = before.recall();
    for (double deviation : new double[] {2, 4, 8}) {
      SampleFidelity noisy = of(real, clusters(1, deviation, COUNT, "fake"));
      assertTrue(noisy.precision() < before.precision(), before + " to " + noisy);
      assertTrue(noisy.density() < before.density(), before + " to " + noisy);
      assertTrue(noisy.recall() > recall - 0.1, recall + " to " + noisy);
      before = noisy;
    }
  }

  @Test
  void tenRepeatedImagesCoverTenNeighbourhoods() {
    List<float[]> real = clusters(1, 1, COUNT, "real");
    List<float[]> copies = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      copies.add(real.get(i % 10));
    }
    SampleFidelity copied = of(real, copies);

    assertEquals(1, copied.precision());
    assertTrue(copied.recall() < 0.05, copied.toString());
    assertTrue(copied.coverage() < 0.2, copied.toString());
  }
}
