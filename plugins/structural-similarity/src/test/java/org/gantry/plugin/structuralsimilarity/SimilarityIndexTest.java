package org.gantry.plugin.structuralsimilarity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.random.RandomGenerator;
import org.gantry.tensor.RandomStreams;
import org.junit.jupiter.api.Test;

final class SimilarityIndexTest {

  private static final List<ImageChannel> RISING = image(32, (i, j) -> 4 * (i + j));
  private static final List<ImageChannel> FALLING = image(32, (i, j) -> 4 * (i + 31 - j));

  /** The first image plus a chessboard of 20 and -20. */
  private static final List<ImageChannel> CHEQUERED =
      image(32, (i, j) -> Math.max(0, Math.min(255, 4 * (i + j) + 20 * (2 * ((i + j) % 2) - 1))));

  private static List<ImageChannel> image(int side, IntBinaryOperator value) {
    double[] values = new double[side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsInt(i / side, i % side);
    }
    return List.of(new ImageChannel(side, side, values));
  }

  private static List<ImageChannel> noise(int side, RandomGenerator random) {
    return image(side, (i, j) -> random.nextInt(256));
  }

  @Test
  void theSimilaritiesMatchReferenceValues() {
    assertEquals(0.264329, SimilarityIndex.of(RISING, FALLING).whole(), 1e-6);
    assertEquals(0.289564, SimilarityIndex.of(RISING, FALLING).structure(), 1e-6);
    assertEquals(0.335663, SimilarityIndex.of(RISING, CHEQUERED).whole(), 1e-6);
  }

  @Test
  void theMultiScaleSimilaritiesMatchReferenceValues() {
    assertEquals(0.952270, SimilarityIndex.of(RISING, CHEQUERED, 5), 1e-6);
    assertEquals(0.051248, SimilarityIndex.of(RISING, FALLING, 5), 1e-6);
    assertEquals(0.925365, SimilarityIndex.of(RISING, CHEQUERED, 3), 1e-6);
  }

  @Test
  void constantImagesDifferOnlyInLuminance() {
    SimilarityIndex constant =
        SimilarityIndex.of(image(32, (i, j) -> 100), image(32, (i, j) -> 120));

    assertEquals(0.983611, constant.whole(), 1e-6);
    assertEquals(1, constant.structure(), 1e-9);
    // By hand: (2 x 100 x 120 + 6.5025) / (100^2 + 120^2 + 6.5025).
    assertEquals(24006.5025 / 24406.5025, constant.whole(), 1e-9);
  }

  @Test
  void equalImagesHaveSimilarityOneAtEveryNumberOfScales() {
    List<ImageChannel> image = noise(32, new RandomStreams(1).at("picture"));
    for (int scales = 1; scales <= SimilarityIndex.MAX_SCALES; scales++) {
      assertEquals(1, SimilarityIndex.of(image, image, scales), 1e-12);
      assertEquals(1, SimilarityIndex.of(RISING, RISING, scales), 1e-12);
    }
  }

  @Test
  void theOrderOfTheTwoDoesNotMatter() {
    RandomGenerator random = new RandomStreams(2).at("pictures");
    List<ImageChannel> first = noise(16, random);
    List<ImageChannel> second = noise(16, random);

    assertEquals(SimilarityIndex.of(first, second, 2), SimilarityIndex.of(second, first, 2), 1e-12);
    assertTrue(SimilarityIndex.of(first, second, 2) < 0.3);
  }

  @Test
  void oppositeStructuresHaveSimilarityZero() {
    List<ImageChannel> opposite = image(32, (i, j) -> 255 - 4 * (i + j));

    assertTrue(SimilarityIndex.of(RISING, opposite).structure() < 0);
    assertEquals(0, SimilarityIndex.of(RISING, opposite, 2));
  }

  @Test
  void channelsAreAveraged() {
    List<ImageChannel> two = List.of(RISING.get(0), RISING.get(0));
    List<ImageChannel> half = List.of(RISING.get(0), FALLING.get(0));

    assertEquals((1 + 0.264329) / 2, SimilarityIndex.of(two, half).whole(), 1e-6);
  }

  @Test
  void halvingAveragesFourPixelsAndDropsAnOddBorder() {
    ImageChannel plane = new ImageChannel(3, 4, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9});

    ImageChannel half = plane.downsample();

    assertEquals(1, half.height());
    assertArrayEquals(new double[] {3.5, 5.5}, half.values());
  }

  @Test
  void aWindowAveragesAndShrinksWithTheImage() {
    ImageChannel constant = new ImageChannel(4, 5, new double[20]);

    assertEquals(1, GaussianWindow.forSize(4, 5).means(constant).height());
    assertEquals(2, GaussianWindow.forSize(4, 5).means(constant).width());
    // A linear ramp has the mean of its middle under any symmetric window.
    ImageChannel rising = new ImageChannel(1, 3, new double[] {4, 5, 6});
    assertArrayEquals(new double[] {4, 5, 6}, GaussianWindow.forSize(1, 3).means(rising).values());
    ImageChannel square = new ImageChannel(3, 3, new double[] {4, 5, 6, 4, 5, 6, 4, 5, 6});
    assertArrayEquals(new double[] {5}, GaussianWindow.forSize(3, 3).means(square).values(), 1e-12);
  }
}
