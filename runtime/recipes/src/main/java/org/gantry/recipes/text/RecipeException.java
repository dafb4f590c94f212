package org.gantry.recipes.text;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for a recipe or an experiment that cannot be used; carries every problem in it. */
public final class RecipeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<InputProblem> problems;

  /** Creates an exception with at least one problem. */
  public RecipeException(List<InputProblem> problems) {
    super(
        problems.stream()
            .map(p -> p.location() + ": " + p.message())
            .collect(Collectors.joining(System.lineSeparator())),
        problems.stream().flatMap(p -> p.cause().stream()).findFirst().orElse(null));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems, in the order of the file. */
  public List<InputProblem> problems() {
    return problems;
  }
}
