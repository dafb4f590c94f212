package org.gantry.recipes;

import java.util.Optional;

/**
 * One option of a component, as a table of options shows it.
 *
 * @param name the name as a recipe spells it; an option of a nested record has a dotted name, such
 *     as {@code schedule.from}
 * @param type what a recipe writes: {@code whole number}, {@code number}, {@code true or false},
 *     {@code text}, {@code file}, {@code list of ...}, or the names to choose from
 * @param defaultValue the value when the recipe does not set it; empty for an option that is
 *     required
 * @param range the values allowed, such as {@code greater than 0}; empty where the type says all
 * @param doc one line on what it means
 */
public record OptionInfo(
    String name, String type, Optional<String> defaultValue, String range, String doc) {}
