package org.gantry.runs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gantry.runs.internal.RecipeEntries;

/**
 * A place in which two recipes differ.
 *
 * @param path where, such as {@code train.steps} or {@code regularizers[0].instance-noise.sigma};
 *     for a component as such, the path at which it is chosen
 * @param before what the first recipe has there; a component with its bundle and version; empty if
 *     it has nothing there
 * @param after what the second recipe has there
 */
public record Difference(String path, Optional<String> before, Optional<String> after) {

  /**
   * Compares two resolved recipes.
   *
   * @param before the first one's text
   * @param after the second one's text
   * @return in the order of the first recipe; then what only the second has
   * @throws RunException if a text is no recipe
   */
  public static List<Difference> between(String before, String after) {
    Map<String, String> first = RecipeEntries.of(before);
    Map<String, String> second = RecipeEntries.of(after);
    Set<String> paths = new LinkedHashSet<>(first.keySet());
    paths.addAll(second.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String path : paths) {
      Optional<String> old = Optional.ofNullable(first.get(path));
      Optional<String> changed = Optional.ofNullable(second.get(path));
      if (!old.equals(changed)) {
        differences.add(new Difference(path, old, changed));
      }
    }
    return differences;
  }
}
