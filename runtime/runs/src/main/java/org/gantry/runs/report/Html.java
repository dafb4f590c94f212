package org.gantry.runs.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text and elements as a page shows them. */
public final class Html {

  private Html() {}

  /** A text that means itself, in an element or in quotes. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** An element with other elements, or escaped text, in it. */
  public static String element(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }

  /** An element of a class of the style sheet. */
  static String element(String name, String classes, String content) {
    return "<" + name + " class=\"" + classes + "\">" + content + "</" + name + ">";
  }

  /** A part of the page under a heading. */
  static String section(String heading, String content) {
    return element("section", element("h2", escaped(heading)) + content);
  }

  /** A row with a name and what there is for it; all of it plain text. */
  static String row(String name, List<String> values) {
    return element(
        "tr",
        element("th", escaped(name))
            + values.stream()
                .map(value -> element("td", escaped(value)))
                .collect(Collectors.joining()));
  }

  /** A table that scrolls where the page is too narrow for it. */
  static String table(String rows) {
    return element("div", "wide", element("table", rows));
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
