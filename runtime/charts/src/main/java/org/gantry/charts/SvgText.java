package org.gantry.charts;

import java.util.Locale;

/** Writes numbers and text for SVG. */
public final class SvgText {

  private SvgText() {}

  /** Returns a coordinate with at most one decimal. */
  public static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Returns a text with the characters escaped that have a meaning in SVG. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
