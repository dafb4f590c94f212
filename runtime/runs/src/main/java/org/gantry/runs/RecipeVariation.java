package org.gantry.runs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gantry.runs.internal.RecipeEntries;

/**
 * A place in which some of several recipes differ.
 *
 * @param path where, such as {@code train.steps} or {@code regularizers[0].instance-noise.sigma};
 *     for a component as such, the path at which it is chosen
 * @param values what each recipe has there, in their order; a component with its bundle and
 *     version; empty for a recipe that has nothing there
 */
public record RecipeVariation(String path, List<Optional<String>> values) {

  /** Copies the list. */
  public RecipeVariation {
    values = List.copyOf(values);
  }

  /**
   * Compares resolved recipes.
   *
   * @param recipes their texts
   * @return in the order of the first recipe; then what only the second has, and so on
   * @throws RunException if a text is no recipe
   */
  public static List<RecipeVariation> among(List<String> recipes) {
    return of(recipes.stream().map(RecipeEntries::of).toList());
  }

  /** Compares recipes as tables from path to text. */
  static List<RecipeVariation> of(List<Map<String, String>> entries) {
    Set<String> paths = new LinkedHashSet<>();
    entries.forEach(recipe -> paths.addAll(recipe.keySet()));
    List<RecipeVariation> variations = new ArrayList<>();
    for (String path : paths) {
      List<Optional<String>> values =
          entries.stream().map(recipe -> Optional.ofNullable(recipe.get(path))).toList();
      // Where others have items, each of them tells of an empty list.
      boolean told = paths.stream().anyMatch(p -> p.startsWith(path + "["));
      if (values.stream().distinct().count() > 1 && !told) {
        variations.add(new RecipeVariation(path, values));
      }
    }
    return variations;
  }
}
