package org.gantry.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.runs.MetricCurve.CurvePoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricCurveTest {

  @TempDir Path directory;

  @Test
  void everyValueOfEveryCompleteLineIsRead() throws IOException {
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
}
