package org.gantry.runs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A path at which several recipes differ.
 *
 * @param path such as {@code train.steps} or {@code regularizers[0].instance-noise.sigma}; for a
 *     component, the path at which the recipe chooses it
 * @param values the value in each recipe, in their order; a component with its bundle and version;
 *     empty for a recipe without a value there
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
   * @return in the order of the first recipe; then the paths that only the second has, and so on
   * @throws RunException if a text is not a recipe
   */
  public static List<RecipeVariation> among(List<String> recipes) {
    return of(recipes.stream().map(RecipeEntries::of).toList());
  }

  /** Compares recipes that are given as tables from path to text. */
  static List<RecipeVariation> of(List<Map<String, String>> entries) {
    Set<String> paths = new LinkedHashSet<>();
    entries.forEach(recipe -> paths.addAll(recipe.keySet()));
    List<RecipeVariation> variations = new ArrayList<>();
    for (String path : paths) {
      List<Optional<String>> values =
          entries.stream().map(recipe -> Optional.ofNullable(recipe.get(path))).toList();
      // An empty list is reported by the items that the other recipes have.
      boolean reported = paths.stream().anyMatch(p -> p.startsWith(path + "["));
      if (values.stream().distinct().count() > 1 && !reported) {
        variations.add(new RecipeVariation(path, values));
      }
    }
    return variations;
  }
}
