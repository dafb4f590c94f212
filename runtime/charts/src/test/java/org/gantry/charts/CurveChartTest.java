package org.gantry.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveChartTest {

  private static final int FIRST = 0x2F74C0;
  private static final int SECOND = 0xC0392B;

  private static List<ChartPoint> curve(int steps, DoubleUnaryOperator value) {
    return IntStream.rangeClosed(1, steps)
        .mapToObj(step -> new ChartPoint(step, value.applyAsDouble(step)))
        .toList();
  }

  private static CurveSeries constant(String name, double... values) {
    return new CurveSeries(
        name,
        IntStream.range(0, values.length).mapToObj(i -> curve(100, step -> values[i])).toList());
  }

  private static CurveSeries one(String name, ChartPoint... points) {
    return new CurveSeries(name, List.of(List.of(points)));
  }

  @Test
  void lineIsTheMeanOverTrainings() {
    BufferedImage image =
        CurveChart.of("k", List.of(constant("a", 0, 10), constant("b", 2, 4)), false)
            .image(400, 400);
    PlotArea area =
        PlotArea.of(
            ChartAxis.linear(new ValueRange(0, 100)),
            ChartAxis.linear(new ValueRange(-0.5, 10.5)),
            List.of(
                new LegendEntry("a", SeriesStyle.of(0)), new LegendEntry("b", SeriesStyle.of(1))),
            400,
            400);
    assertEquals(area.y(5), ImageRows.mean(image, FIRST), 1.5);
    assertEquals(area.y(3), ImageRows.mean(image, SECOND), 1.5);
  }

  @Test
  void valuesThatAreNotFiniteAreLeftOut() {
    CurveSeries series =
        new CurveSeries("a", List.of(curve(100, step -> step % 3 == 0 ? Double.NaN : 1)));
    assertFalse(
        ImageRows.of(CurveChart.of("k", List.of(series), false).image(400, 400), FIRST).isEmpty());
  }

  @Test
  void longCurvesAreAveragedWithinBins() {
    String svg =
        CurveChart.of("k", List.of(new CurveSeries("a", List.of(curve(4000, s -> s)))), false)
            .svg(400, 230);
    String line = svg.replaceFirst("(?s).*points=\"([^\"]*)\"[^>]*stroke=\"#2f74c0\".*", "$1");
    assertEquals(200, line.split(" ").length);
  }

  @Test
  void lineReachesFromCornerToCornerAndHasAGapAtAValueThatIsNotFinite() {
    CurveSeries rising = one("rising", new ChartPoint(0, 0), new ChartPoint(10, 1));
    CurveSeries broken =
        one(
            "broken",
            new ChartPoint(0, 1),
            new ChartPoint(4, Double.NaN),
            new ChartPoint(6, 0.5),
            new ChartPoint(10, 0));

    String svg = CurveChart.of("a <b>", List.of(rising, broken), false).svg(460, 220);

    assertTrue(svg.contains("<polyline points=\"48,165.5 444,34.5\""), svg);
    assertTrue(svg.contains("<circle cx=\"48\" cy=\"34.5\" r=\"1.5\" fill=\"#c0392b\"/>"), svg);
    assertTrue(svg.contains("<polyline points=\"285.6,100 444,165.5\""), svg);
    assertTrue(svg.contains("aria-label=\"a &lt;b&gt;\""), svg);
  }

  @Test
  void constantValuesHaveAnAxis() {
    for (double value : new double[] {0, 7, -1e30, 1e-30, Float.MAX_VALUE, Double.NaN}) {
      for (boolean logarithmic : new boolean[] {false, true}) {
        String svg =
            CurveChart.of("", List.of(one("a", new ChartPoint(1, value))), logarithmic)
                .svg(400, 230);

        assertFalse(svg.contains("NaN"), value + " " + svg);
        assertTrue(svg.length() < 10_000, value + " " + svg);
      }
    }
  }
}
