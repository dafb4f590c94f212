package org.gantry.recipes.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gantry.recipes.Problem;
import org.gantry.recipes.RecipeException;

/** Collects what is wrong, so that one reading reports as much as possible. */
public final class Problems {

  private record Placed(Place place, Problem problem) {}

  private final List<Placed> found = new ArrayList<>();

  /** Adds a problem; the fix may be empty. */
  public void add(Place place, String message, String fix) {
    add(place.where(), place, message, fix);
  }

  /**
   * Adds something that is not what it should be: {@code BEGINNING EXPECTED, not FOUND.}
   *
   * @param beginning such as {@code 'train.batch' must be}
   */
  public void addUnexpected(
      Place place, String beginning, String expected, String actual, String fix) {
    addExpecting(place, "%s %s, not %s.".formatted(beginning, expected, actual), expected, fix);
  }

  /** Adds a problem with a message that says in its own words what was expected. */
  public void addExpecting(Place place, String message, String expected, String fix) {
    found.add(new Placed(place, new Problem(place.where(), message, expected, fix.strip())));
  }

  /** Adds a component that is not installed, where others are. */
  public void addMissing(
      Place place, String message, List<String> installed, String fix, Problem.Missing missing) {
    found.add(
        new Placed(
            place,
            new Problem(
                place.where(),
                message,
                Wording.quoted(installed, "or"),
                fix.strip(),
                Optional.of(missing),
                Optional.empty())));
  }

  /** Adds a problem that is something thrown by a component. */
  public void addThrown(Place place, String message, String fix, Throwable cause) {
    found.add(
        new Placed(
            place,
            new Problem(
                place.where(), message, "", fix.strip(), Optional.empty(), Optional.of(cause))));
  }

  /** Adds a problem whose place is known as text only; {@code order} is where to sort it. */
  public void add(String where, Place order, String message, String fix) {
    found.add(new Placed(order, new Problem(where, message, fix.strip())));
  }

  /** Whether nothing was found. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of the file. */
  public List<Problem> list() {
    return found.stream()
        .sorted(Comparator.comparing(Placed::place, Place.ORDER))
        .map(Placed::problem)
        .toList();
  }

  /** Throws if there is any problem. */
  public void refuse() {
    if (!isEmpty()) {
      throw new RecipeException(list());
    }
  }
}
