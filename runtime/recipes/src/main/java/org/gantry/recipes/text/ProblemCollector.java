package org.gantry.recipes.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong, so that one reading reports as much as possible. */
public final class ProblemCollector {

  private record PlacedProblem(SourcePosition place, InputProblem problem) {}

  private final List<PlacedProblem> found = new ArrayList<>();

  /** Adds a problem; the fix may be empty. */
  public void add(SourcePosition place, String message, String fix) {
    add(place.location(), place, message, fix);
  }

  /**
   * Adds something that is not what it should be: {@code BEGINNING EXPECTED, not FOUND.}
   *
   * @param beginning such as {@code 'train.batch' must be}
   */
  public void addUnexpected(
      SourcePosition place, String beginning, String expected, String actual, String fix) {
    addExpecting(place, "%s %s, not %s.".formatted(beginning, expected, actual), expected, fix);
  }

  /** Adds a problem with a message that says in its own words what was expected. */
  public void addExpecting(SourcePosition place, String message, String expected, String fix) {
    found.add(
        new PlacedProblem(
            place, new InputProblem(place.location(), message, expected, fix.strip())));
  }

  /** Adds a component that is not installed, where others are. */
  public void addMissing(
      SourcePosition place,
      String message,
      List<String> installed,
      String fix,
      InputProblem.UninstalledComponent missing) {
    found.add(
        new PlacedProblem(
            place,
            new InputProblem(
                place.location(),
                message,
                MessageWording.quoted(installed, "or"),
                fix.strip(),
                Optional.of(missing),
                Optional.empty())));
  }

  /** Adds a problem that is something thrown by a component. */
  public void addThrown(SourcePosition place, String message, String fix, Throwable cause) {
    found.add(
        new PlacedProblem(
            place,
            new InputProblem(
                place.location(), message, "", fix.strip(), Optional.empty(), Optional.of(cause))));
  }

  /** Adds a problem whose place is known as text only; {@code order} is where to sort it. */
  public void add(String where, SourcePosition order, String message, String fix) {
    found.add(new PlacedProblem(order, new InputProblem(where, message, fix.strip())));
  }

  /** Whether nothing was found. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of the file. */
  public List<InputProblem> sorted() {
    return found.stream()
        .sorted(Comparator.comparing(PlacedProblem::place, SourcePosition.ORDER))
        .map(PlacedProblem::problem)
        .toList();
  }

  /** Throws if there is any problem. */
  public void throwIfAny() {
    if (!isEmpty()) {
      throw new RecipeException(sorted());
    }
  }
}
