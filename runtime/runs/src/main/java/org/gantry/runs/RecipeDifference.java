package org.gantry.runs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path at which two recipes differ.
 *
 * @param path as in a {@link RecipeVariation}
 * @param before the value in the first recipe; a component with its bundle and version; empty if
 *     the first recipe has no value there
 * @param after the value in the second recipe
 */
public record RecipeDifference(String path, Optional<String> before, Optional<String> after) {

  private static final Pattern COMPONENT = Pattern.compile("([^/@\\s]+/[^/@\\s]+)@\\S+");

  /**
   * Compares two resolved recipes.
   *
   * @param before the text of the first recipe
   * @param after the text of the second recipe
   * @return in the order of the first recipe; then the paths that only the second recipe has
   * @throws RunException if a text is not a recipe
   */
  public static List<RecipeDifference> between(String before, String after) {
    return of(RecipeVariation.among(List.of(before, after)));
  }

  /**
   * Compares two resolved recipes, but only the settings that weights and figures depend on. These
   * exclude how often a training logs, how many checkpoints it keeps, and watchdogs that only warn.
   *
   * @param before the text of the first recipe
   * @param after the text of the second recipe
   * @return in the order of the first recipe; then the paths that only the second recipe has
   * @throws RunException if a text is not a recipe
   */
  public static List<RecipeDifference> affectingResults(String before, String after) {
    return of(
        RecipeVariation.of(
            List.of(
                RecipeEntries.affectingResults(before), RecipeEntries.affectingResults(after))));
  }

  private static List<RecipeDifference> of(List<RecipeVariation> variations) {
    return variations.stream()
        .map(v -> new RecipeDifference(v.path(), v.values().get(0), v.values().get(1)))
        .toList();
  }

  /** Whether both values are the same component in different versions. */
  public boolean isVersionOnly() {
    Optional<String> name = before.flatMap(RecipeDifference::componentName);
    return name.isPresent() && name.equals(after.flatMap(RecipeDifference::componentName));
  }

  private static Optional<String> componentName(String value) {
    return Optional.of(COMPONENT.matcher(value)).filter(Matcher::matches).map(m -> m.group(1));
  }
}
