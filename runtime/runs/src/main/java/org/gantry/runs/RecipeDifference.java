package org.gantry.runs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.runs.internal.RecipeEntries;

/**
 * A place in which two recipes differ.
 *
 * @param path where, as a {@link RecipeVariation} names it
 * @param before what the first recipe has there; a component with its bundle and version; empty if
 *     it has nothing there
 * @param after what the second recipe has there
 */
public record RecipeDifference(String path, Optional<String> before, Optional<String> after) {

  private static final Pattern COMPONENT = Pattern.compile("([^/@\\s]+/[^/@\\s]+)@\\S+");

  /**
   * Compares two resolved recipes.
   *
   * @param before the first one's text
   * @param after the second one's text
   * @return in the order of the first recipe; then what only the second has
   * @throws RunException if a text is no recipe
   */
  public static List<RecipeDifference> between(String before, String after) {
    return of(RecipeVariation.among(List.of(before, after)));
  }

  /**
   * Compares two resolved recipes by what weights and figures depend on. A training that logs more
   * often, keeps more checkpoints or is watched by more watchdogs is still the same, as long as no
   * watchdog does more than to warn.
   *
   * @param before the first one's text
   * @param after the second one's text
   * @return in the order of the first recipe; then what only the second has
   * @throws RunException if a text is no recipe
   */
  public static List<RecipeDifference> affectingResults(String before, String after) {
    return of(
        RecipeVariation.of(
            List.of(RecipeEntries.ofNumbers(before), RecipeEntries.ofNumbers(after))));
  }

  private static List<RecipeDifference> of(List<RecipeVariation> variations) {
    return variations.stream()
        .map(v -> new RecipeDifference(v.path(), v.values().get(0), v.values().get(1)))
        .toList();
  }

  /** Whether both have the same component there, in two versions. */
  public boolean isVersionOnly() {
    Optional<String> name = before.flatMap(RecipeDifference::nameOfComponent);
    return name.isPresent() && name.equals(after.flatMap(RecipeDifference::nameOfComponent));
  }

  private static Optional<String> nameOfComponent(String value) {
    return Optional.of(COMPONENT.matcher(value)).filter(Matcher::matches).map(m -> m.group(1));
  }
}
