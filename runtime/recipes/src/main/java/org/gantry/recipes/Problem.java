package org.gantry.recipes;

import java.util.Optional;

/**
 * One thing that is wrong with a recipe.
 *
 * @param where {@code file:line:column}, or the command-line option
 * @param message what was found and what was expected, as a sentence
 * @param expected what would have been right, as a phrase such as {@code at least 1}; empty where
 *     the message has no such part
 * @param fix what to do about it, as a sentence; empty where nothing can be said
 * @param missing the component that is not installed, if that is the problem
 * @param cause what a component threw, if that is the problem
 */
public record Problem(
    String where,
    String message,
    String expected,
    String fix,
    Optional<Missing> missing,
    Optional<Throwable> cause) {

  /** A problem that installing something would not solve. */
  public Problem(String where, String message, String fix) {
    this(where, message, "", fix);
  }

  /** A problem with something that is not what it should be. */
  public Problem(String where, String message, String expected, String fix) {
    this(where, message, expected, fix, Optional.empty(), Optional.empty());
  }

  /** The same problem, found elsewhere. */
  public Problem at(String other) {
    return new Problem(other, message, expected, fix, missing, cause);
  }

  /** The same problem with another way out. */
  public Problem withFix(String other) {
    return new Problem(where, message, expected, other, missing, cause);
  }

  /**
   * A component that is not installed.
   *
   * @param kind its kind; empty where the recipe does not say
   * @param name its name
   */
  public record Missing(String kind, String name) {

    /** Whether a component, as {@code kind/name}, is the one. */
    public boolean is(String component) {
      return kind.isEmpty() ? component.endsWith("/" + name) : component.equals(kind + "/" + name);
    }
  }
}
