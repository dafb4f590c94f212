package org.gantry.runs.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How values become places along one side of a plot, and what is written there. */
public interface Axis {

  /** A place along the axis, and what is written at it. */
  record Tick(double value, String label) {}

  /** Where a value lies: 0 at the low end, 1 at the high one; outside of it beyond the ends. */
  double share(double value);

  /** What is written along it. */
  List<Tick> ticks();

  /** An axis on which equal differences are equally long. */
  static Axis linear(Range range) {
    return new Axis() {
      @Override
      public double share(double value) {
        return range.share(value);
      }

      @Override
      public List<Tick> ticks() {
        return range.ticks().stream().map(t -> new Tick(t, number(t))).toList();
      }
    };
  }

  /**
   * An axis on which equal ratios are equally long. What is not greater than zero lies at its low
   * end.
   *
   * @param range greater than zero
   */
  static Axis logarithmic(Range range) {
    Range exponents = new Range(Math.log10(range.low()), Math.log10(range.high()));
    return new Axis() {
      @Override
      public double share(double value) {
        return value > 0 ? Math.max(0, exponents.share(Math.log10(value))) : 0;
      }

      @Override
      public List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        for (double exponent : exponents.ticks()) {
          double value = Math.pow(10, exponent);
          boolean whole = Math.abs(exponent - Math.rint(exponent)) < 1e-9;
          ticks.add(new Tick(value, whole ? "1e" + Math.round(exponent) : number(value)));
        }
        return ticks;
      }
    };
  }

  /** An axis with a name at each of the places 0, 1, 2 and so on. */
  static Axis named(List<String> names) {
    Range range = new Range(-0.5, names.size() - 0.5);
    return new Axis() {
      @Override
      public double share(double value) {
        return range.share(value);
      }

      @Override
      public List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
          ticks.add(new Tick(i, names.get(i)));
        }
        return ticks;
      }
    };
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4g", value);
    return text.contains("e")
        ? text
        : text.replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "");
  }
}
