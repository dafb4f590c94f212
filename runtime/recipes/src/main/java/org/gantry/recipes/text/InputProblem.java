package org.gantry.recipes.text;

import java.util.Optional;

/**
 * One thing that is wrong with a recipe.
 *
 * @param location {@code file:line:column}, or the command-line option
 * @param message what was found and what was expected, as a sentence
 * @param expected what would have been right, as a phrase such as {@code at least 1}; empty where
 *     the message has no such part
 * @param fix what to do about it, as a sentence; empty where nothing can be said
 * @param missing the component that is not installed, if that is the problem
 * @param cause what a component threw, if that is the problem
 */
public record InputProblem(
    String location,
    String message,
    String expected,
    String fix,
    Optional<UninstalledComponent> missing,
    Optional<Throwable> cause) {

  /** A problem that installing something would not solve. */
  public InputProblem(String where, String message, String fix) {
    this(where, message, "", fix);
  }

  /** A problem with something that is not what it should be. */
  public InputProblem(String where, String message, String expected, String fix) {
    this(where, message, expected, fix, Optional.empty(), Optional.empty());
  }

  /** The same problem, found elsewhere. */
  public InputProblem withLocation(String other) {
    return new InputProblem(other, message, expected, fix, missing, cause);
  }

  /** The same problem with another way out. */
  public InputProblem withFix(String other) {
    return new InputProblem(location, message, expected, other, missing, cause);
  }

  /**
   * A component that is not installed.
   *
   * @param kind its kind; empty where the recipe does not say
   * @param name its name
   */
  public record UninstalledComponent(String kind, String name) {

    /** Whether a component, as {@code kind/name}, is the one. */
    public boolean matches(String component) {
      return kind.isEmpty() ? component.endsWith("/" + name) : component.equals(kind + "/" + name);
    }
  }
}
