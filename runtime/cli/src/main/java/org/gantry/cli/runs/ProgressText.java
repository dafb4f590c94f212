package org.gantry.cli.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gantry.cli.console.NumberText;

/**
 * The progress of a training, as one line of text.
 *
 * @param step the steps done
 * @param steps the total number of steps
 * @param rate steps per second; 0 while it is unknown
 * @param values the loss terms, as {@code player/term}, then the watched values
 */
record ProgressText(long step, long steps, double rate, Map<String, Double> values) {

  private static final int WIDEST_BAR = 24;
  private static final int NARROWEST_BAR = 8;

  /** A line for a terminal: a progress bar and as many values as fit. */
  String liveLine(int width) {
    String left = rate > 0 ? "  " + NumberText.duration((steps - step) / rate) + " left" : "";
    String numbers = " %d/%d%s%s".formatted(step, steps, speed("  "), step < steps ? left : "");
    int bar = Math.max(NARROWEST_BAR, Math.min(WIDEST_BAR, width / 5));
    StringBuilder line = new StringBuilder(bar(bar)).append(numbers);
    for (String value : shortValues()) {
      if (line.length() + 2 + value.length() > width - 1) {
        break;
      }
      line.append("  ").append(value);
    }
    return line.length() < width ? line.toString() : line.substring(0, Math.max(0, width - 1));
  }

  /** A line for a log: all values with their full names. */
  String logLine() {
    List<String> parts = new ArrayList<>();
    parts.add("step %d/%d%s".formatted(step, steps, speed(", ")));
    if (rate > 0 && step < steps) {
      parts.add(NumberText.duration((steps - step) / rate) + " left");
    }
    values.forEach((name, value) -> parts.add(name + " " + NumberText.figure(value)));
    return String.join(", ", parts);
  }

  private String speed(String before) {
    return rate > 0 ? before + NumberText.figure(rate) + " steps/s" : "";
  }

  private String bar(int width) {
    int full = steps == 0 ? width : (int) (width * Math.min(step, steps) / steps);
    return "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
  }

  /** The values with the shortest unambiguous names. */
  private List<String> shortValues() {
    Map<String, List<String>> terms = new LinkedHashMap<>();
    for (String name : values.keySet()) {
      int slash = name.indexOf('/');
      if (slash > 0) {
        terms
            .computeIfAbsent(name.substring(0, slash), p -> new ArrayList<>())
            .add(name.substring(slash + 1));
      }
    }
    List<String> texts = new ArrayList<>();
    values.forEach(
        (name, value) -> texts.add(shortName(name, terms) + " " + NumberText.figure(value)));
    return texts;
  }

  private static String shortName(String name, Map<String, List<String>> terms) {
    int slash = name.indexOf('/');
    if (slash <= 0) {
      return name;
    }
    String player = name.substring(0, slash);
    boolean alone =
        terms.keySet().stream().filter(p -> p.charAt(0) == player.charAt(0)).count() == 1;
    String head = alone ? player.substring(0, 1).toUpperCase(Locale.ROOT) : player;
    return terms.get(player).size() == 1 ? head : head + " " + name.substring(slash + 1);
  }
}
