package org.gantry.recipes.text;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * A syntax error in YAML, in words for readers who do not know YAML's grammar.
 *
 * @param position where it is
 * @param message what is wrong, as a sentence
 * @param fix what to do about it, as a sentence; may be empty
 */
record YamlSyntaxError(SourcePosition position, String message, String fix) {

  /**
   * Translates an error of the parser.
   *
   * @param start the position of the text's first character
   */
  static YamlSyntaxError of(MarkedYamlEngineException e, SourcePosition start) {
    String problem = e.getProblem();
    String context = Optional.ofNullable(e.getContext()).orElse("");
    SourcePosition found = at(e.getProblemMark(), start).orElse(start);
    SourcePosition begun = at(e.getContextMark(), start).orElse(found);
    if (problem.contains("TAB")) {
      return new YamlSyntaxError(
          found, "There is a tab where YAML expects spaces.", "Indent with spaces only.");
    }
    if (problem.contains("mapping values are not allowed")) {
      return new YamlSyntaxError(
          found,
          "There is a ':' where YAML does not expect one.",
          "Write one 'key: value' on each line, with the same indentation; put a text that contains"
              + " ': ' in quotes.");
    }
    if (problem.contains("cannot start any token")) {
      return new YamlSyntaxError(
          found, "A value cannot begin with this character.", "Put the value in quotes.");
    }
    if (problem.contains("expected ':'")) {
      return new YamlSyntaxError(
          begun,
          "This is not a 'key: value' line.",
          "Write a colon and a space after the key, and indent a value of several lines.");
    }
    if (context.contains("flow")) {
      boolean list = context.contains("sequence");
      String close = list ? "']'" : "'}'";
      return new YamlSyntaxError(
          found,
          "The "
              + (list ? "list" : "mapping")
              + " that begins at "
              + begun.location()
              + " is not closed before this, or a comma is missing.",
          "Add " + close + " or a comma.");
    }
    if (context.contains("quoted scalar")) {
      return new YamlSyntaxError(
          begun,
          "The quotes that open here are not closed, or their text is invalid: "
              + MessageText.withFullStop(problem),
          "Close the quotes.");
    }
    if (context.contains("block")) {
      return new YamlSyntaxError(
          found,
          "This line is not indented like the lines that it belongs to, which begin at "
              + begun.location()
              + ".",
          "Indent lines that belong together by the same number of spaces.");
    }
    if (problem.contains("<document start>")) {
      return new YamlSyntaxError(
          found,
          "This line is not indented like the lines above it.",
          "Write top-level keys at the start of the line.");
    }
    String words = context.isEmpty() ? problem : context + ", " + problem;
    return new YamlSyntaxError(
        found, "This is not valid YAML: " + MessageText.withFullStop(words), "");
  }

  private static Optional<SourcePosition> at(Optional<Mark> mark, SourcePosition start) {
    return mark.map(m -> start.atMark(m.getLine(), m.getColumn()));
  }

  /** Adds this error to the problems. */
  void addTo(ProblemCollector problems) {
    problems.add(position, message, fix);
  }
}
