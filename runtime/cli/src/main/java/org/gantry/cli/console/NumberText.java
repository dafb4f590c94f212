package org.gantry.cli.console;

import java.util.Locale;

/** Formats numbers for people. */
public final class NumberText {

  private static final String[] PREFIXES = {"", " k", " M", " G", " T", " P"};

  private NumberText() {}

  /** A duration such as {@code 45 s}, {@code 3 min 20 s} or {@code 2 h 05 min}. */
  public static String duration(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    if (whole < 60) {
      return whole + " s";
    } else if (whole < 3600) {
      return "%d min %02d s".formatted(whole / 60, whole % 60);
    }
    return "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }

  /** A count such as {@code 950}, {@code 12.3 k} or {@code 1.20 M}. */
  public static String count(long value) {
    int prefix = 0;
    double left = value;
    while (Math.abs(left) >= 999.5 && prefix < PREFIXES.length - 1) {
      left /= 1000;
      prefix++;
    }
    if (prefix == 0 && left == Math.rint(left)) {
      return Long.toString((long) left);
    }
    return String.format(Locale.ROOT, left < 9.995 ? "%.2f" : left < 99.95 ? "%.1f" : "%.0f", left)
        + PREFIXES[prefix];
  }

  /** A number with about three significant digits. */
  public static String figure(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    } else if (size != 0 && (size < 0.001 || size >= 99_999.5)) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    String format = size < 9.995 ? "%.3f" : size < 99.95 ? "%.2f" : size < 999.5 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
