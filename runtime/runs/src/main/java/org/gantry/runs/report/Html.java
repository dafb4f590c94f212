package org.gantry.runs.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Creates the HTML of a report page. */
final class Html {

  private Html() {}

  /** Escapes a text for an element or a quoted attribute. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** An element that contains other elements or escaped text. */
  static String element(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }

  /** An element with classes of the style sheet. */
  static String element(String name, String classes, String content) {
    return "<" + name + " class=\"" + classes + "\">" + content + "</" + name + ">";
  }

  /** A section with a heading. */
  static String section(String heading, String content) {
    return element("section", element("h2", escaped(heading)) + content);
  }

  /** A table row with a name and values, all plain text. */
  static String row(String name, List<String> values) {
    return element(
        "tr",
        element("th", escaped(name))
            + values.stream()
                .map(value -> element("td", escaped(value)))
                .collect(Collectors.joining()));
  }

  /** A table that scrolls if the page is too narrow. */
  static String table(String rows) {
    return element("div", "wide", element("table", rows));
  }

  /** A number with up to four decimals, or in scientific notation if it is large or small. */
  static String number(double value) {
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
