package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.tensor.RandomStreams;
import org.junit.jupiter.api.Test;

final class ClassCombinationsTest {

  @Test
  void aCombinationIsTheOrderedClassesOfTheChannels() {
    ClassCombinations two =
        ClassCombinations.of(10, List.of(new int[] {1, 0}, new int[] {2, 0}, new int[] {3, 7}));

    assertEquals(1, two.counts().get(123));
    assertEquals(1, two.counts().get(7));
    assertEquals(2, two.modesWithAtLeast(1));
    assertEquals(0, two.modesWithAtLeast(2));
  }

  @Test
  void theDivergenceOfASingleModeIsTheLogarithmOfTheModeCount() {
    assertEquals(6.907755, uniform(1).divergenceFromUniform(), 1e-6);
    assertEquals(4.1352, uniform(16).divergenceFromUniform(), 1e-4);
    assertEquals(2.303, uniform(100).divergenceFromUniform(), 1e-3);
    assertEquals(2.3126, uniform(99).divergenceFromUniform(), 1e-4);
    assertEquals(1.8971, uniform(150).divergenceFromUniform(), 1e-4);
    assertEquals(0, uniform(1000).divergenceFromUniform(), 1e-12);
  }

  @Test
  void theDivergenceOfCombinationsIncludesTheMutualInformationOfChannels() {
    int[] first = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};
    int[] apart = {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};

    assertEquals(divergence(first) + divergence(apart), divergence(first, apart), 1e-12);
    // The mutual information of a channel with itself is its entropy.
    assertEquals(2 * divergence(first) + 0.562335, divergence(first, first), 1e-6);
  }

  private static double divergence(int[]... channels) {
    return ClassCombinations.of(3, List.of(channels)).divergenceFromUniform();
  }

  @Test
  void theDivergenceMatchesAReferenceValue() {
    ClassCombinations eight = ClassCombinations.of(50, 30, 20, 0, 0, 0, 0, 0);

    assertEquals(1.049789, eight.divergenceFromUniform(), 1e-6);
    // The logarithm of 8 minus the entropy.
    assertEquals(Math.log(8) - 1.029653, eight.divergenceFromUniform(), 1e-6);
  }

  @Test
  void aPerfectSamplerHasADivergenceByChance() {
    assertSampled(26_000, 1000, 0.5, 0.0193, 0.003);
    assertSampled(25_600, 1000, 0.5, 0.0197, 0.003);
    assertSampled(10_000, 999.97, 1, 0.0510, 0.006);
    assertSampled(2_500, 917.7, 25, 0.224, 0.025);
    assertSampled(1_000, 632.6, 40, 0.573, 0.05);
  }

  @Test
  void classificationErrorsAddModesWithFewerThanThreeSamples() {
    RandomGenerator random = new RandomStreams(1).at("mistakes");
    int[] modes = random.ints(0, 1000).distinct().limit(100).toArray();
    int[] counts = new int[1000];
    for (int i = 0; i < 26_000; i++) {
      int mode = modes[random.nextInt(modes.length)];
      counts[
          100 * seen(mode / 100, random)
              + 10 * seen(mode / 10 % 10, random)
              + seen(mode % 10, random)]++;
    }
    ClassCombinations inflated = ClassCombinations.of(counts);

    assertEquals(519, inflated.modesWithAtLeast(1), 50);
    assertEquals(139, inflated.modesWithAtLeast(3), 25);
    assertEquals(2.159, inflated.divergenceFromUniform(), 0.03);
  }

  /** A digit that the classifier gets wrong one time in a hundred. */
  private static int seen(int digit, RandomGenerator random) {
    return random.nextInt(100) == 0 ? random.nextInt(10) : digit;
  }

  private static ClassCombinations uniform(int modes) {
    int[] counts = new int[1000];
    for (int i = 0; i < modes; i++) {
      counts[i] = 26;
    }
    return ClassCombinations.of(counts);
  }

  private static void assertSampled(
      int samples, double modes, double modesWithin, double divergence, double divergenceWithin) {
    RandomGenerator random = new RandomStreams(1).at("samples", samples);
    int[] counts = new int[1000];
    for (int i = 0; i < samples; i++) {
      counts[random.nextInt(1000)]++;
    }
    ClassCombinations sampled = ClassCombinations.of(counts);

    assertEquals(modes, sampled.modesWithAtLeast(1), modesWithin);
    assertEquals(divergence, sampled.divergenceFromUniform(), divergenceWithin);
  }
}
