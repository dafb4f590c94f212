package org.gantry.recipes.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects problems, so that one reading of a text reports all of them. */
public final class ProblemCollector {

  private record PlacedProblem(SourcePosition position, InputProblem problem) {}

  private final List<PlacedProblem> found = new ArrayList<>();

  /** Adds a problem; the fix may be empty. */
  public void add(SourcePosition position, String message, String fix) {
    add(position.location(), position, message, fix);
  }

  /**
   * Adds a problem with the message {@code BEGINNING EXPECTED, not ACTUAL.}
   *
   * @param beginning the beginning of the message, such as {@code 'train.batch' must be}
   */
  public void addUnexpected(
      SourcePosition position, String beginning, String expected, String actual, String fix) {
    addExpecting(position, "%s %s, not %s.".formatted(beginning, expected, actual), expected, fix);
  }

  /** Adds a problem with a complete message, and what was expected as a phrase. */
  public void addExpecting(SourcePosition position, String message, String expected, String fix) {
    found.add(
        new PlacedProblem(
            position, new InputProblem(position.location(), message, expected, fix.strip())));
  }

  /** Adds the problem that a component is not installed, with those of its kind that are. */
  public void addMissing(
      SourcePosition position,
      String message,
      List<String> installed,
      String fix,
      InputProblem.UninstalledComponent missing) {
    found.add(
        new PlacedProblem(
            position,
            new InputProblem(
                position.location(),
                message,
                MessageText.quoted(installed, "or"),
                fix.strip(),
                Optional.of(missing),
                Optional.empty())));
  }

  /** Adds the exception of a component. */
  public void addThrown(SourcePosition position, String message, String fix, Throwable cause) {
    found.add(
        new PlacedProblem(
            position,
            new InputProblem(
                position.location(),
                message,
                "",
                fix.strip(),
                Optional.empty(),
                Optional.of(cause))));
  }

  /** Adds a problem at a location; {@code order} is the position that it is sorted by. */
  public void add(String location, SourcePosition order, String message, String fix) {
    found.add(new PlacedProblem(order, new InputProblem(location, message, fix.strip())));
  }

  /** Whether there is no problem. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Returns the problems in the order of the file. */
  public List<InputProblem> sorted() {
    return found.stream()
        .sorted(Comparator.comparing(PlacedProblem::position, SourcePosition.ORDER))
        .map(PlacedProblem::problem)
        .distinct()
        .toList();
  }

  /**
   * Throws all problems, if there are any.
   *
   * @throws RecipeException if there is at least one problem
   */
  public void throwIfAny() {
    if (!isEmpty()) {
      throw new RecipeException(sorted());
    }
  }
}
