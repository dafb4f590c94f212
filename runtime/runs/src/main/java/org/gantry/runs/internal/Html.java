package org.gantry.runs.internal;

import java.util.Locale;

/** Text as a page shows it. */
public final class Html {

  private Html() {}

  /** A text that means itself, in an element or in quotes. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A number with four digits, as people write it. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e9) {
      return Long.toString((long) value);
    }
    if (size >= 1e6 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    String fixed = String.format(Locale.ROOT, "%.4f", value);
    return fixed.replaceFirst("0+$", "");
  }
}
