package org.gantry.experiments.definition;

import java.util.List;
import java.util.Locale;

/**
 * Summarizes a metric over several trainings.
 *
 * @param count the number of trainings
 * @param present the number of trainings that have the value
 * @param mean the mean of the present values; NaN if there are none
 * @param error the standard error of the mean; NaN for fewer than two values
 */
public record MetricSummary(int count, int present, double mean, double error) {

  /** Summarizes values. NaN stands for a missing value. */
  public static MetricSummary of(List<Double> values) {
    List<Double> there = values.stream().filter(v -> !v.isNaN()).toList();
    int n = there.size();
    double mean = there.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    double squares = there.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double error = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
    return new MetricSummary(values.size(), n, mean, error);
  }

  /**
   * Returns the mean with its error, such as {@code 7.9 ± 0.1}, and the number of values if some
   * are missing.
   */
  public String text() {
    if (present == 0) {
      return "-";
    }
    String some = present < count ? " (%d of %d)".formatted(present, count) : "";
    if (Double.isNaN(error) || error == 0) {
      return number(mean, decimals(mean) + 2) + (error == 0 ? " ± 0" : "") + some;
    }
    int decimals = decimals(error) + 1;
    return number(mean, decimals) + " ± " + number(error, decimals) + some;
  }

  /** Returns how many decimals show the first significant digit of a number. */
  private static int decimals(double value) {
    return value == 0 || !Double.isFinite(value)
        ? 0
        : (int) Math.max(-2, Math.min(6, -Math.floor(Math.log10(Math.abs(value)))));
  }

  /** Returns a number with at most the given decimals, without trailing zeros. */
  static String number(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    String text = String.format(Locale.ROOT, "%." + Math.max(0, decimals) + "f", value);
    return text.contains(".") ? text.replaceFirst("0+$", "").replaceFirst("\\.$", "") : text;
  }

  /** Returns a number with about four significant digits. */
  static String number(double value) {
    return number(value, Math.max(0, decimals(value) + 3));
  }
}
