package org.gantry.plugin.structuralsimilarity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.random.RandomGenerator;
import org.gantry.tensor.RandomStreams;
import org.junit.jupiter.api.Test;

final class SimilarityTest {

  private static final List<Plane> RISING = picture(32, (i, j) -> 4 * (i + j));
  private static final List<Plane> FALLING = picture(32, (i, j) -> 4 * (i + 31 - j));

  /** The first with a chessboard of 20 more and 20 less. */
  private static final List<Plane> CHEQUERED =
      picture(32, (i, j) -> Math.max(0, Math.min(255, 4 * (i + j) + 20 * (2 * ((i + j) % 2) - 1))));

  private static List<Plane> picture(int side, IntBinaryOperator value) {
    double[] values = new double[side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsInt(i / side, i % side);
    }
    return List.of(new Plane(side, side, values));
  }

  private static List<Plane> noise(int side, RandomGenerator random) {
    return picture(side, (i, j) -> random.nextInt(256));
  }

  @Test
  void theGoldenPicturesHaveTheGoldenSimilarities() {
    assertEquals(0.264329, Similarity.of(RISING, FALLING).whole(), 1e-6);
    assertEquals(0.289564, Similarity.of(RISING, FALLING).structure(), 1e-6);
    assertEquals(0.335663, Similarity.of(RISING, CHEQUERED).whole(), 1e-6);
  }

  @Test
  void theGoldenPicturesHaveTheGoldenSimilaritiesAtSeveralScales() {
    assertEquals(0.952270, Similarity.of(RISING, CHEQUERED, 5), 1e-6);
    assertEquals(0.051248, Similarity.of(RISING, FALLING, 5), 1e-6);
    assertEquals(0.925365, Similarity.of(RISING, CHEQUERED, 3), 1e-6);
  }

  @Test
  void constantPicturesDifferInLuminanceAlone() {
    Similarity constant = Similarity.of(picture(32, (i, j) -> 100), picture(32, (i, j) -> 120));

    assertEquals(0.983611, constant.whole(), 1e-6);
    assertEquals(1, constant.structure(), 1e-9);
    // By hand: (2 x 100 x 120 + 6.5025) / (100^2 + 120^2 + 6.5025).
    assertEquals(24006.5025 / 24406.5025, constant.whole(), 1e-9);
  }

  @Test
  void equalPicturesHaveSimilarityOneAtEveryNumberOfScales() {
    List<Plane> picture = noise(32, new RandomStreams(1).at("picture"));
    for (int scales = 1; scales <= Similarity.MOST_SCALES; scales++) {
      assertEquals(1, Similarity.of(picture, picture, scales), 1e-12);
      assertEquals(1, Similarity.of(RISING, RISING, scales), 1e-12);
    }
  }

  @Test
  void theOrderOfTheTwoDoesNotMatter() {
    RandomGenerator random = new RandomStreams(2).at("pictures");
    List<Plane> first = noise(16, random);
    List<Plane> second = noise(16, random);

    assertEquals(Similarity.of(first, second, 2), Similarity.of(second, first, 2), 1e-12);
    assertTrue(Similarity.of(first, second, 2) < 0.3);
  }

  @Test
  void oppositeStructuresAreNotAlikeAtAll() {
    List<Plane> opposite = picture(32, (i, j) -> 255 - 4 * (i + j));

    assertTrue(Similarity.of(RISING, opposite).structure() < 0);
    assertEquals(0, Similarity.of(RISING, opposite, 2));
  }

  @Test
  void channelsAreAveraged() {
    List<Plane> two = List.of(RISING.get(0), RISING.get(0));
    List<Plane> half = List.of(RISING.get(0), FALLING.get(0));

    assertEquals((1 + 0.264329) / 2, Similarity.of(two, half).whole(), 1e-6);
  }

  @Test
  void halvingAveragesFourPixelsAndDropsAnOddBorder() {
    Plane plane = new Plane(3, 4, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9});

    Plane half = plane.halved();

    assertEquals(1, half.height());
    assertArrayEquals(new double[] {3.5, 5.5}, half.values());
  }

  @Test
  void aWindowAveragesAndShrinksWithThePicture() {
    Plane constant = new Plane(4, 5, new double[20]);

    assertEquals(1, Window.of(4, 5).means(constant).height());
    assertEquals(2, Window.of(4, 5).means(constant).width());
    // A line rising by 1 has the mean of its middle under any symmetric window.
    Plane rising = new Plane(1, 3, new double[] {4, 5, 6});
    assertArrayEquals(new double[] {4, 5, 6}, Window.of(1, 3).means(rising).values());
    Plane square = new Plane(3, 3, new double[] {4, 5, 6, 4, 5, 6, 4, 5, 6});
    assertArrayEquals(new double[] {5}, Window.of(3, 3).means(square).values(), 1e-12);
  }
}
