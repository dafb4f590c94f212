package org.gantry.runs.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gantry.runs.MetricCurve;
import org.gantry.runs.MetricCurve.CurvePoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricCurveTest {

  @TempDir Path directory;

  @Test
  void everyValueOfEveryWholeLineIsRead() throws IOException {
    Path metrics = directory.resolve("metrics.jsonl");
    Files.writeString(
        metrics,
        """
        {"step":1,"seconds":0,"values":{"b":1,"a":"-Infinity"}}
        {"step":5,"seconds":0,"values":{"b":2.5}}
        {"step":6,"secon\
        """);

    Map<String, MetricCurve> curves = MetricCurve.read(metrics, "values");

    assertEquals(List.of("b", "a"), List.copyOf(curves.keySet()));
    assertEquals(
        new MetricCurve(List.of(new CurvePoint(1, 1), new CurvePoint(5, 2.5))), curves.get("b"));
    assertEquals(
        new MetricCurve(List.of(new CurvePoint(1, Double.NEGATIVE_INFINITY))), curves.get("a"));
    assertEquals(Map.of(), MetricCurve.read(directory.resolve("none"), "values"));
  }

  @Test
  void thinningTakesMeans() {
    MetricCurve curve =
        new MetricCurve(IntStream.range(0, 10).mapToObj(i -> new CurvePoint(i, i * i)).toList());

    assertEquals(
        new MetricCurve(
            List.of(
                new CurvePoint(1.5, 3.5), new CurvePoint(5.5, 31.5), new CurvePoint(8.5, 72.5))),
        curve.downsampled(3));
    assertEquals(curve, curve.downsampled(10));
  }

  @Test
  void aChartHasALineFromCornerToCornerAndAGapWhereAValueIsNone() {
    MetricCurve rising = new MetricCurve(List.of(new CurvePoint(0, 0), new CurvePoint(10, 1)));
    MetricCurve broken =
        new MetricCurve(
            List.of(
                new CurvePoint(0, 1),
                new CurvePoint(4, Double.NaN),
                new CurvePoint(6, 0.5),
                new CurvePoint(10, 0)));

    String svg = CurveChart.svg("a <b>", List.of(rising, broken));

    assertTrue(svg.contains("<polyline class=\"c0\" points=\"62.0,166.5 442.0,17.5 \"/>"), svg);
    assertEquals(2, svg.split("class=\"c1\"", -1).length - 1);
    assertTrue(svg.contains("aria-label=\"a &lt;b&gt;\""));
  }

  @Test
  void valuesThatDoNotChangeHaveAnAxisAllTheSame() {
    for (double value : new double[] {0, 7, -1e30, 1e-30, Float.MAX_VALUE, Double.NaN}) {
      String svg = CurveChart.svg("", List.of(new MetricCurve(List.of(new CurvePoint(1, value)))));

      assertTrue(!svg.contains("NaN") || Double.isNaN(value), value + " " + svg);
      assertTrue(svg.length() < 10_000, value + "");
    }
  }

  @Test
  void numbersAreAsPeopleWriteThem() {
    assertEquals("0", Html.number(0));
    assertEquals("1500", Html.number(1500));
    assertEquals("0.25", Html.number(0.25));
    assertEquals("-1.2346", Html.number(-1.23456));
    assertEquals("1.23e-05", Html.number(1.23e-5));
    assertEquals("NaN", Html.number(Double.NaN));
  }
}
