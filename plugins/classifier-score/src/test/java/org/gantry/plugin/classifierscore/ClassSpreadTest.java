package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ClassSpreadTest {

  private static List<FloatBuffer> conditions(float... labels) {
    return IntStream.range(0, labels.length)
        .mapToObj(i -> FloatBuffer.wrap(new float[] {labels[i]}))
        .toList();
  }

  @Test
  void halfOfTheDeviationIsASpreadOfHalf() {
    float[][] real = {{-2, 0}, {2, 0}, {10, 10}, {14, 10}};
    float[][] made = {{5, 1}, {7, 1}, {0, 2}, {0, 4}};
    Map<String, Double> figures =
        ClassSpread.figures(
            conditions(0, 0, 1, 1), i -> real[i], conditions(0, 0, 1, 1), i -> made[i]);
    assertEquals(Map.of("condition-spread", 0.5), figures);
  }

  @Test
  void theDistanceBetweenClassesDoesNotCount() {
    float[][] real = {{0}, {2}, {100}, {102}};
    Map<String, Double> figures =
        ClassSpread.figures(
            conditions(0, 0, 1, 1), i -> real[i], conditions(0, 0, 1, 1), i -> real[i]);
    assertEquals(1, figures.get("condition-spread"));
  }

  @Test
  void aClassWithOneSampleIsLeftOut() {
    float[][] real = {{0}, {2}, {5}};
    assertTrue(
        ClassSpread.figures(conditions(0, 0, 1), i -> real[i], conditions(0, 1, 1), i -> real[i])
            .isEmpty());
  }

  @Test
  void theLowestSpreadIsThatOfOneClass() {
    float[] labels = new float[80];
    float[][] real = new float[80][];
    float[][] made = new float[80][];
    for (int i = 0; i < 80; i++) {
      labels[i] = i % 2;
      real[i] = new float[] {i / 2 % 2};
      made[i] = new float[] {i / 2 % 2 * (i % 2 == 0 ? 1 : 0.25f)};
    }
    Map<String, Double> figures =
        ClassSpread.figures(conditions(labels), i -> real[i], conditions(labels), i -> made[i]);
    assertEquals(0.25, figures.get("condition-spread-min"), 1e-6);
    assertEquals(Math.sqrt((1 + 0.0625) / 2), figures.get("condition-spread"), 1e-6);
  }
}
