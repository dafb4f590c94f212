package org.gantry.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DistributionChartTest {

  private static final int FIRST = 0x2F74C0;
  private static final int PUBLISHED = 0xE06C1F;
  private static final double MIDDLE = 28 + (400 - 56) / 2.0;

  @Test
  void valuesAreSortedNextToThePublishedValue() {
    BufferedImage image =
        DistributionChart.of(
                "k", Map.of("a", List.of(3.0, 1.0, Double.NaN, 1.7)), Map.of("a", 2.0), false)
            .image(400, 400);
    assertEquals(MIDDLE, ImageRows.mean(image, PUBLISHED), 8);
    int half = image.getWidth() / 2;
    BufferedImage left = image.getSubimage(0, 0, half - 60, image.getHeight());
    BufferedImage right =
        image.getSubimage(half + 60, 0, image.getWidth() - half - 60, image.getHeight());
    assertTrue(ImageRows.mean(left, FIRST) > 0.7 * 400, "the lowest value is not on the left");
    assertTrue(ImageRows.mean(right, FIRST) < 100, "the highest value is not on the right");
  }

  @Test
  void equalRatiosHaveEqualHeightsOnALogarithmicAxis() {
    Map<String, List<Double>> values = new TreeMap<>();
    values.put("a", List.of(1e-6));
    values.put("b", List.of(1e-3, 0.0));
    values.put("c", List.of(1.0));
    BufferedImage image =
        DistributionChart.of("k", values, Map.of("b", 1e-3), true).image(400, 400);
    assertEquals(MIDDLE, ImageRows.mean(image, PUBLISHED), 8);
  }
}
