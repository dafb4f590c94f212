package org.gantry.charts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Maps values to places along one side of a chart. */
public final class ChartAxis {

  private static final double MARGIN = 0.05;

  /** Larger numbers are left out when an axis is fitted, because their distance overflows. */
  private static final double MAX_VALUE = 1e300;

  private final ValueRange range;
  private final boolean logarithmic;
  private final List<AxisTick> ticks;

  private ChartAxis(ValueRange range, boolean logarithmic, List<AxisTick> ticks) {
    this.range = range;
    this.logarithmic = logarithmic;
    this.ticks = List.copyOf(ticks);
  }

  /** Returns an axis on which equal differences have equal lengths. */
  public static ChartAxis linear(ValueRange range) {
    return new ChartAxis(range, false, labelled(range.ticks()));
  }

  /**
   * Returns an axis on which equal ratios have equal lengths. Values of at most zero lie at its
   * lower end.
   *
   * @param range greater than zero
   */
  public static ChartAxis logarithmic(ValueRange range) {
    ValueRange exponents = new ValueRange(Math.log10(range.low()), Math.log10(range.high()));
    return new ChartAxis(exponents, true, labelled(logarithmicTicks(range, exponents)));
  }

  /** Returns an axis with names at the values 0, 1, 2 and so on. */
  public static ChartAxis categories(List<String> names) {
    return new ChartAxis(
        new ValueRange(-0.5, Math.max(1, names.size()) - 0.5),
        false,
        IntStream.range(0, names.size()).mapToObj(i -> new AxisTick(i, names.get(i))).toList());
  }

  /**
   * Returns an axis that shows all finite values, with a margin. A logarithmic axis shows the
   * values above zero.
   */
  public static ChartAxis fitted(DoubleStream values, boolean logarithmic) {
    DoubleSummaryStatistics shown =
        values
            .filter(v -> Math.abs(v) < MAX_VALUE && (!logarithmic || v > 0))
            .map(v -> logarithmic ? Math.log10(v) : v)
            .summaryStatistics();
    if (shown.getCount() == 0) {
      return linear(new ValueRange(0, 1));
    }
    double size = Math.max(Math.abs(shown.getMin()), Math.abs(shown.getMax()));
    boolean constant = shown.getMax() - shown.getMin() <= 1e-6 * size;
    double extra = !constant ? 0 : logarithmic ? 0.3 : size == 0 ? 0.5 : 0.1 * size;
    ValueRange range =
        new ValueRange(shown.getMin() - extra, shown.getMax() + extra).widened(MARGIN);
    return logarithmic
        ? logarithmic(new ValueRange(Math.pow(10, range.low()), Math.pow(10, range.high())))
        : linear(range);
  }

  /** Returns where a value lies: 0 at the lower end, 1 at the upper end. */
  double fraction(double value) {
    if (!logarithmic) {
      return range.fraction(value);
    }
    return value > 0 ? Math.max(0, range.fraction(Math.log10(value))) : 0;
  }

  /** Returns the labelled values, from the lower to the upper end. */
  List<AxisTick> ticks() {
    return ticks;
  }

  private static List<Double> logarithmicTicks(ValueRange range, ValueRange exponents) {
    double decades = exponents.high() - exponents.low();
    if (decades < 0.7) {
      return range.ticks();
    } else if (decades > 2.5) {
      return exponents.ticks().stream()
          .filter(e -> Math.abs(e - Math.rint(e)) < 1e-9)
          .map(e -> Math.pow(10, e))
          .toList();
    }
    List<Double> ticks = new ArrayList<>();
    for (int exponent = (int) Math.floor(exponents.low());
        exponent < exponents.high();
        exponent++) {
      for (int factor : new int[] {1, 2, 5}) {
        double tick = factor * Math.pow(10, exponent);
        if (range.contains(tick)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private static List<AxisTick> labelled(List<Double> values) {
    return values.stream().map(value -> new AxisTick(value, number(value))).toList();
  }

  private static String number(double value) {
    BigDecimal rounded = new BigDecimal(value, new MathContext(7)).stripTrailingZeros();
    double size = rounded.abs().doubleValue();
    if (size == 0 || (size >= 1e-3 && size < 1e7)) {
      return rounded.toPlainString();
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }
}
