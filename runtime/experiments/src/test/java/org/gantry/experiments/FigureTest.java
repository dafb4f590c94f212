package org.gantry.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.gantry.experiments.ChartSpec.ChartType;
import org.gantry.experiments.internal.CurvePanel;
import org.gantry.experiments.internal.DistributionPanel;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.runs.MetricCurve;
import org.junit.jupiter.api.Test;

class FigureTest {

  private static final int FIRST = 0x2F74C0;
  private static final int SECOND = 0xC0392B;
  private static final int PUBLISHED = 0xE06C1F;

  private static final SourcePosition PLACE = SourcePosition.startOf("tried.yaml", Path.of("."));
  private static final ChartSpec CURVE = new ChartSpec(PLACE, ChartType.CURVE, "k", false);
  private static final ChartSpec DISTRIBUTION =
      new ChartSpec(PLACE, ChartType.DISTRIBUTION, "k", false);

  private static MetricCurve constant(double value) {
    return new MetricCurve(
        IntStream.rangeClosed(1, 100).mapToObj(s -> new MetricCurve.CurvePoint(s, value)).toList());
  }

  /** How far up the pixels of a colour lie on average, as a share of the height. */
  private static double height(BufferedImage image, int colour) {
    List<Integer> rows = rows(image, colour);
    return 1 - rows.stream().mapToInt(r -> r).average().orElseThrow() / image.getHeight();
  }

  private static List<Integer> rows(BufferedImage image, int colour) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .filter(
            i ->
                (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF) == colour
                    && i / image.getWidth() > 100)
        .map(i -> i / image.getWidth())
        .boxed()
        .toList();
  }

  @Test
  void aCurveIsTheMeanOverTrainings() {
    Map<String, List<MetricCurve>> curves = new TreeMap<>();
    curves.put("a", List.of(constant(0), constant(10)));
    curves.put("b", List.of(constant(2), constant(4)));
    BufferedImage image = CurvePanel.draw(CURVE, curves, 400, 400);
    double five = height(image, FIRST);
    double three = height(image, SECOND);
    assertEquals(0.5, five, 0.02);
    assertEquals(0.2 * (400 - 56) / 400 / 1.1, five - three, 0.02);
  }

  @Test
  void valuesThatAreNoneAreLeftOutOfACurve() {
    Map<String, List<MetricCurve>> curves =
        Map.of(
            "a",
            List.of(
                new MetricCurve(
                    IntStream.rangeClosed(1, 100)
                        .mapToObj(s -> new MetricCurve.CurvePoint(s, s % 3 == 0 ? Double.NaN : 1))
                        .toList())));
    assertFalse(rows(CurvePanel.draw(CURVE, curves, 400, 400), FIRST).isEmpty());
  }

  @Test
  void aDistributionIsSortedAndShowsWhatWasPublished() {
    BufferedImage image =
        DistributionPanel.draw(
            DISTRIBUTION,
            Map.of("a", List.of(3.0, 1.0, Double.NaN, 1.7)),
            Map.of("a", 2.0),
            400,
            400);
    assertEquals(0.5, height(image, PUBLISHED), 0.02);
    int half = image.getWidth() / 2;
    BufferedImage left = image.getSubimage(0, 0, half - 60, image.getHeight());
    BufferedImage right =
        image.getSubimage(half + 60, 0, image.getWidth() - half - 60, image.getHeight());
    assertTrue(height(left, FIRST) < 0.3, "the least is not on the left");
    assertTrue(rows(right, FIRST).isEmpty(), "the greatest is not the highest");
  }

  @Test
  void ratiosAreEquallyHighOnALogarithmicScale() {
    ChartSpec logarithmic = new ChartSpec(PLACE, ChartType.DISTRIBUTION, "k", true);
    Map<String, List<Double>> values = new TreeMap<>();
    values.put("a", List.of(1e-6));
    values.put("b", List.of(1e-3, 0.0));
    values.put("c", List.of(1.0));
    BufferedImage image = DistributionPanel.draw(logarithmic, values, Map.of("b", 1e-3), 400, 400);
    assertEquals(0.5, height(image, PUBLISHED), 0.02);
  }
}
