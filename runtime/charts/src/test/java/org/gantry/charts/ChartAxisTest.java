package org.gantry.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ChartAxisTest {

  private static List<String> labels(ChartAxis axis) {
    return axis.ticks().stream().map(AxisTick::label).toList();
  }

  @Test
  void ticksAreRoundNumbers() {
    assertEquals(List.of(-2.0, -1.0, 0.0, 1.0, 2.0), new ValueRange(-2.5, 2.5).ticks());
    assertEquals(List.of(0.0, 5.0, 10.0, 15.0, 20.0, 25.0), new ValueRange(0, 25).ticks());
    assertTrue(new ValueRange(-130, 4711).ticks().size() <= 7);
    assertTrue(new ValueRange(-130, 4711).ticks().size() >= 3);
  }

  @Test
  void labelsHaveNoMoreDigitsThanNeeded() {
    assertEquals(
        List.of("0", "0.2", "0.4", "0.6", "0.8", "1"),
        labels(ChartAxis.linear(new ValueRange(0, 1))));
    assertEquals(
        List.of("0", "10000", "20000"),
        labels(ChartAxis.linear(new ValueRange(0, 2.5e4))).stream()
            .filter(label -> label.matches("0|.0000"))
            .toList());
    assertEquals(
        List.of("0", "1e-5", "2e-5"),
        labels(ChartAxis.linear(new ValueRange(0, 2.9e-5))).stream()
            .filter(label -> label.matches("0|.e-5"))
            .toList());
  }

  @Test
  void logarithmicAxisLabelsPowersOfTen() {
    assertEquals(
        List.of("1e-4", "0.001", "0.01", "0.1", "1"),
        labels(ChartAxis.logarithmic(new ValueRange(5e-5, 2))));
    assertEquals(
        List.of("1", "2", "5", "10", "20"), labels(ChartAxis.logarithmic(new ValueRange(0.9, 30))));
    assertEquals(
        List.of("3", "4", "5", "6"), labels(ChartAxis.logarithmic(new ValueRange(2.9, 6))));
  }

  @Test
  void fittedAxisShowsAllFiniteValues() {
    ChartAxis axis =
        ChartAxis.fitted(DoubleStream.of(3, Double.NaN, -1, Double.POSITIVE_INFINITY), false);
    assertTrue(axis.fraction(3) < 1 && axis.fraction(-1) > 0);
    ChartAxis logarithmic = ChartAxis.fitted(DoubleStream.of(3, 0, 1e-5), true);
    assertTrue(logarithmic.fraction(3) < 1 && logarithmic.fraction(1e-5) > 0);
    assertEquals(0, logarithmic.fraction(0));
  }
}
