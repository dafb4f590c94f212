package org.gantry.recipes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.recipes.Recipes.Change;

/**
 * A recipe of several stages, each checked. Until a stage is trained, a later one that takes its
 * networks has their architectures with initial weights.
 *
 * @param name the recipe's name, after which run folders are named
 * @param stages the composition of each stage, by name, in the order of training
 * @param yaml the resolved recipe; reading it gives the same stages
 */
public record StagedRecipe(String name, Map<String, ComposedRecipe> stages, String yaml) {

  private static final String PREFIX = "stages.";

  /** Copies the map. */
  public StagedRecipe {
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
  }

  /** Returns the names of the stages, in the order of training. */
  public List<String> names() {
    return List.copyOf(stages.keySet());
  }

  /** Returns the composition of the last stage. */
  public ComposedRecipe last() {
    return new ArrayList<>(stages.values()).get(stages.size() - 1);
  }

  /**
   * Returns the changes of single stages that changes of a recipe with stages stand for. A change
   * without a stage stands for one of each stage.
   *
   * @param changes such as {@code train.steps} or {@code stages.NAME.train.steps}
   * @param stages the stages whose changes to return
   */
  public static List<Change> changesOf(List<String> stages, List<Change> changes) {
    List<Change> single = new ArrayList<>();
    for (Change change : changes) {
      Optional<String> stage = stageOf(change);
      if (stage.isEmpty()) {
        stages.forEach(name -> single.add(renamed(change, PREFIX + name + "." + change.path())));
      } else if (stages.contains(stage.get())) {
        single.add(change);
      }
    }
    return single;
  }

  /**
   * Returns the changes of one stage with paths in its own recipe.
   *
   * @param changes such as {@code train.steps} or {@code stages.NAME.train.steps}
   */
  public static List<Change> changesWithin(String stage, List<Change> changes) {
    String prefix = PREFIX + stage + ".";
    return changesOf(List.of(stage), changes).stream()
        .map(change -> renamed(change, change.path().substring(prefix.length())))
        .toList();
  }

  /** Returns the stage that a change names; empty if it names none. */
  public static Optional<String> stageOf(Change change) {
    return change.path().startsWith(PREFIX)
        ? Optional.of(change.path().substring(PREFIX.length()).replaceFirst("[.\\[].*", ""))
        : Optional.empty();
  }

  private static Change renamed(Change change, String path) {
    return new Change(path, change.value(), change.removes());
  }
}
