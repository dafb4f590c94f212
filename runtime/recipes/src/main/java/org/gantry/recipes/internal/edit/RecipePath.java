package org.gantry.recipes.internal.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path in a recipe, such as {@code regularizers[0].instance-noise.sigma}.
 *
 * @param text the whole path as written
 * @param steps its steps
 */
record RecipePath(String text, List<PathStep> steps) {

  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d{1,6}|\\+)\\]");
  private static final Pattern SYNTAX =
      Pattern.compile("[^.\\[\\]]+(\\[(\\d{1,6}|\\+)\\])*(\\.[^.\\[\\]]+(\\[(\\d{1,6}|\\+)\\])*)*");

  /**
   * One step of a path.
   *
   * @param key a key, an index, or a plus sign, which appends to a list
   * @param bracketed whether it is written in brackets
   */
  record PathStep(String key, boolean bracketed) {

    /** Whether this step appends to a list. */
    boolean appends() {
      return bracketed && key.equals("+");
    }

    @Override
    public String toString() {
      return bracketed ? "[" + key + "]" : key;
    }
  }

  RecipePath {
    steps = List.copyOf(steps);
  }

  /** Parses a path; empty if the text is not one. */
  static Optional<RecipePath> parse(String text) {
    if (!SYNTAX.matcher(text).matches()) {
      return Optional.empty();
    }
    List<PathStep> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    while (matcher.find()) {
      boolean bracketed = matcher.group(1) == null;
      steps.add(new PathStep(matcher.group(bracketed ? 2 : 1), bracketed));
    }
    return Optional.of(new RecipePath(text, steps));
  }

  /** Returns the text of the path without its last step. */
  String parent() {
    return text.replaceFirst("(\\.[^.\\[]*|\\[[^\\]]*\\])$", "");
  }

  /** Returns the text of the path before the first occurrence of another text. */
  String before(String end) {
    return text.substring(0, text.indexOf(end));
  }
}
