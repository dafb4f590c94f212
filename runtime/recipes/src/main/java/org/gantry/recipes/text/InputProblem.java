package org.gantry.recipes.text;

import java.util.Optional;

/**
 * One problem in a recipe, an experiment or a command-line option.
 *
 * @param location {@code file:line:column}, or the command-line option
 * @param message what was found and what was expected, as a sentence
 * @param expected what was expected, as a phrase such as {@code at least 1}; may be empty
 * @param fix what to do about it, as a sentence; may be empty
 * @param missing the component that is not installed, if this is the problem
 * @param cause the exception of a component, if this is the problem
 */
public record InputProblem(
    String location,
    String message,
    String expected,
    String fix,
    Optional<UninstalledComponent> missing,
    Optional<Throwable> cause) {

  /** Creates a problem without a phrase for what was expected. */
  public InputProblem(String location, String message, String fix) {
    this(location, message, "", fix);
  }

  /** Creates a problem that is neither a missing component nor an exception. */
  public InputProblem(String location, String message, String expected, String fix) {
    this(location, message, expected, fix, Optional.empty(), Optional.empty());
  }

  /** Returns this problem at another location. */
  public InputProblem withLocation(String other) {
    return new InputProblem(other, message, expected, fix, missing, cause);
  }

  /** Returns this problem with another message. */
  public InputProblem withMessage(String other) {
    return new InputProblem(location, other, expected, fix, missing, cause);
  }

  /** Returns this problem with another fix. */
  public InputProblem withFix(String other) {
    return new InputProblem(location, message, expected, other, missing, cause);
  }

  /**
   * A component that is not installed.
   *
   * @param kind its kind; empty if the recipe does not say it
   * @param name its name
   */
  public record UninstalledComponent(String kind, String name) {

    /** Whether a component, given as {@code kind/name}, is the missing one. */
    public boolean matches(String component) {
      return kind.isEmpty() ? component.endsWith("/" + name) : component.equals(kind + "/" + name);
    }
  }
}
