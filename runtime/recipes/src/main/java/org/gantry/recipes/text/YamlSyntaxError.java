package org.gantry.recipes.text;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * What is wrong with a text that is no YAML, in words for somebody who does not know YAML's
 * grammar.
 */
record YamlSyntaxError(SourcePosition place, String message, String fix) {

  /**
   * Translates the parser's words.
   *
   * @param start the place of the text's first character
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
          "There is a ':' where YAML expects none.",
          "Write one 'key: value' on a line, indented as the lines beside it; put a text that"
              + " contains ': ' in quotes.");
    }
    if (problem.contains("cannot start any token")) {
      return new YamlSyntaxError(
          found, "A value cannot begin with this character.", "Put the value in quotes.");
    }
    if (problem.contains("expected ':'")) {
      return new YamlSyntaxError(
          begun,
          "This is no 'key: value'.",
          "Write a colon and a space after the key, and indent a value that goes on.");
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
              + " is not closed, or lacks a comma, before this.",
          "Add " + close + " or a comma.");
    }
    if (context.contains("quoted scalar")) {
      return new YamlSyntaxError(
          begun,
          "The quotes that open here are not closed, or hold what they cannot: "
              + MessageWording.withFullStop(problem),
          "Close the quotes.");
    }
    if (context.contains("block")) {
      return new YamlSyntaxError(
          found,
          "This line is not indented as the lines that it belongs to, which begin at "
              + begun.location()
              + ".",
          "Indent what belongs together by the same number of spaces.");
    }
    if (problem.contains("<document start>")) {
      return new YamlSyntaxError(
          found,
          "This line is not indented as the lines above it.",
          "Begin the recipe's own keys at the start of the line.");
    }
    String words = context.isEmpty() ? problem : context + ", " + problem;
    return new YamlSyntaxError(
        found, "This is not valid YAML: " + MessageWording.withFullStop(words), "");
  }

  private static Optional<SourcePosition> at(Optional<Mark> mark, SourcePosition start) {
    return mark.map(m -> start.atMark(m.getLine(), m.getColumn()));
  }

  void addTo(ProblemCollector problems) {
    problems.add(place, message, fix);
  }
}
