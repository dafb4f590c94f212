package org.gantry.recipes;

import java.util.Optional;

/**
 * One option of a component, as tables of options show it.
 *
 * @param name its name in recipes; dotted for an option of a nested record, such as {@code
 *     schedule.from}
 * @param type what a recipe writes: {@code whole number}, {@code number}, {@code true or false},
 *     {@code text}, {@code file}, {@code list of ...}, a kind of component, or the names to choose
 *     from
 * @param defaultValue its default as a recipe writes it; empty for a required option
 * @param range the allowed values, such as {@code greater than 0}; empty if the type allows all
 * @param doc its documentation, one line
 * @param kind the kind of the components that it holds; empty for other values
 */
public record OptionInfo(
    String name,
    String type,
    Optional<String> defaultValue,
    String range,
    String doc,
    Optional<String> kind) {

  /** Creates an option that does not hold components. */
  public OptionInfo(
      String name, String type, Optional<String> defaultValue, String range, String doc) {
    this(name, type, defaultValue, range, doc, Optional.empty());
  }
}
