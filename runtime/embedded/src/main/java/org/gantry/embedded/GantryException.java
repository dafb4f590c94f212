package org.gantry.embedded;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Gantry cannot do what the program asks for. The message has the lines that the command prints,
 * without the word {@code error}.
 */
public final class GantryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<GantryProblem> problems;

  /**
   * Creates an exception.
   *
   * @param problems at least one
   * @param cause the original exception; may be null
   */
  public GantryException(List<GantryProblem> problems, Throwable cause) {
    super(
        problems.stream()
            .map(GantryProblem::toString)
            .collect(Collectors.joining(System.lineSeparator())),
        cause);
    this.problems = List.copyOf(problems);
  }

  /** Creates an exception about one problem, with a fix or an empty text. */
  public GantryException(String message, String fix, Throwable cause) {
    this(List.of(new GantryProblem("", message, "", fix)), cause);
  }

  /** The problems, in order; empty if the exception was serialized. */
  public List<GantryProblem> problems() {
    return problems == null ? List.of() : problems;
  }
}
