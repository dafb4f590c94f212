package org.gantry.experiments.definition;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gantry.experiments.definition.VariantPoint.PlacedChange;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;

/**
 * A path of a recipe with the values that a sweep gives it.
 *
 * @param path the path, as in {@code --set}
 * @param values the values as YAML, at least one
 */
public record SweepAxis(String path, List<String> values) {

  /** The option that gives an axis. */
  static final String OPTION = "--over";

  private static final String EXAMPLE = "Write for example --over train.batch=16,32.";

  /** Copies the list. */
  public SweepAxis {
    values = List.copyOf(values);
  }

  /**
   * Reads an axis.
   *
   * @param text {@code PATH=A,B,C}; a comma in brackets, braces or quotes belongs to its value
   * @return empty if the text is not of this form, which is a problem
   */
  static Optional<SweepAxis> read(String text, ProblemCollector problems) {
    SourcePosition position = onCommandLine(OPTION + " " + text);
    int equals = text.indexOf('=');
    if (equals < 1) {
      problems.addExpecting(
          position,
          "Expected a path, an equals sign and values.",
          "a path, an equals sign and values",
          EXAMPLE);
      return Optional.empty();
    }
    String path = text.substring(0, equals).strip();
    List<String> values = split(text.substring(equals + 1));
    if (values.equals(List.of(""))) {
      problems.addExpecting(
          position,
          "The list of values of %s is empty.".formatted(MessageText.quoted(path)),
          "at least one value",
          EXAMPLE);
      return Optional.empty();
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isEmpty()) {
        problems.addExpecting(
            position,
            "Value %d of %s is empty.".formatted(i + 1, MessageText.quoted(path)),
            "a value between two commas",
            "Remove a comma, or write '' for an empty text.");
      } else if (!seen.add(values.get(i))) {
        problems.add(
            position,
            "The value %s is listed twice.".formatted(values.get(i)),
            "Leave one of the two out.");
      }
    }
    return Optional.of(new SweepAxis(path, values));
  }

  /** Splits at the commas outside of brackets, braces and quotes. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    char quote = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && isFirst(text, i)) {
        quote = c;
      } else if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth--;
      } else if (c == ',' && depth <= 0) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  /** Whether a value begins at an index; a quote elsewhere, as in {@code it's}, is a letter. */
  private static boolean isFirst(String text, int index) {
    String before = text.substring(0, index).strip();
    return before.isEmpty() || ",[{:".indexOf(before.charAt(before.length() - 1)) >= 0;
  }

  /** The changes that the values make, each with its position on the command line. */
  List<PlacedChange> changes() {
    return values.stream().map(value -> placed(OPTION, new Recipes.Change(path, value))).toList();
  }

  static PlacedChange placed(String option, Recipes.Change change) {
    return new PlacedChange(
        change, onCommandLine(option + " " + change.path() + "=" + change.value()));
  }

  static SourcePosition onCommandLine(String words) {
    return new SourcePosition(words, 0, 0, Path.of(""));
  }
}
