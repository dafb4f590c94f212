package org.gantry.cli.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.gantry.cli.console.NumberText;

/**
 * The progress of a training, as one line of text.
 *
 * @param step the steps done
 * @param steps the total number of steps
 * @param rate steps per second; 0 while it is unknown
 * @param values the loss terms, as {@code player/term}, then the watched values
 * @param figures figures of the latest evaluation; empty without one
 */
record ProgressText(
    long step, long steps, double rate, Map<String, Double> values, Map<String, Double> figures) {

  private static final int WIDEST_BAR = 24;
  private static final int NARROWEST_BAR = 8;

  /** Creates the progress of a training without evaluations. */
  ProgressText(long step, long steps, double rate, Map<String, Double> values) {
    this(step, steps, rate, values, Map.of());
  }

  /**
   * A line for a terminal: a progress bar, a loss of each player, the time left, the speed, and as
   * many figures and other values as fit.
   */
  String liveLine(int width) {
    int bar = Math.max(NARROWEST_BAR, Math.min(WIDEST_BAR, width / 5));
    StringBuilder line =
        new StringBuilder(bar(bar)).append(" ").append(step).append('/').append(steps);
    List<String> parts = new ArrayList<>();
    Set<String> losses = mainLosses();
    Map<String, String> texts = shortValues();
    losses.forEach(name -> parts.add(texts.get(name)));
    if (rate > 0) {
      if (step < steps) {
        parts.add(left());
      }
      parts.add(speed());
    }
    figures.forEach(
        (name, value) ->
            parts.add(name.substring(name.lastIndexOf('/') + 1) + " " + NumberText.figure(value)));
    texts.forEach(
        (name, text) -> {
          if (!losses.contains(name)) {
            parts.add(text);
          }
        });
    for (String part : parts) {
      if (line.length() + 2 + part.length() > width - 1) {
        break;
      }
      line.append("  ").append(part);
    }
    return line.length() < width ? line.toString() : line.substring(0, Math.max(0, width - 1));
  }

  /** The first term of each player, which is that of the loss. */
  private Set<String> mainLosses() {
    Map<String, String> first = new LinkedHashMap<>();
    for (String name : values.keySet()) {
      int slash = name.indexOf('/');
      if (slash > 0) {
        first.putIfAbsent(name.substring(0, slash), name);
      }
    }
    return new LinkedHashSet<>(first.values());
  }

  /** A line for a log: all values with their full names. */
  String logLine() {
    List<String> parts = new ArrayList<>();
    parts.add("step %d/%d".formatted(step, steps));
    if (rate > 0) {
      parts.add(speed());
      if (step < steps) {
        parts.add(left());
      }
    }
    values.forEach((name, value) -> parts.add(name + " " + NumberText.figure(value)));
    figures.forEach((name, value) -> parts.add(name + " " + NumberText.figure(value)));
    return String.join(", ", parts);
  }

  private String speed() {
    return NumberText.figure(rate) + " steps/s";
  }

  private String left() {
    return NumberText.duration((steps - step) / rate) + " left";
  }

  private String bar(int width) {
    int full = steps == 0 ? width : (int) (width * Math.min(step, steps) / steps);
    return "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
  }

  /** The values with the shortest unambiguous names, by their full names. */
  private Map<String, String> shortValues() {
    Map<String, List<String>> terms = new LinkedHashMap<>();
    for (String name : values.keySet()) {
      int slash = name.indexOf('/');
      if (slash > 0) {
        terms
            .computeIfAbsent(name.substring(0, slash), p -> new ArrayList<>())
            .add(name.substring(slash + 1));
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> texts.put(name, shortName(name, terms) + " " + NumberText.figure(value)));
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
