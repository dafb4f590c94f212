package org.gantry.cli.recipes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;

/**
 * What a command shows of a recipe: the recipe, or one of its stages.
 *
 * @param composed the recipe, or the stage
 * @param name the name of the stage; empty without stages
 * @param names the names of all stages, in the order of training
 */
record SelectedStage(ComposedRecipe composed, String name, List<String> names) {

  /** Selects a recipe without stages. */
  static SelectedStage of(ComposedRecipe composed) {
    return new SelectedStage(composed, "", List.of());
  }

  /**
   * Selects a stage.
   *
   * @param name its name; null for the last one
   * @throws InvalidInputException if the recipe has no such stage
   */
  static SelectedStage of(StagedRecipe staged, String name) {
    List<String> names = staged.names();
    if (name == null) {
      return new SelectedStage(staged.last(), names.get(names.size() - 1), names);
    }
    if (!names.contains(name)) {
      throw new InvalidInputException(
          "--stage %s: the recipe has no such stage".formatted(name),
          NearestName.suggestion(name, names)
              + "Its stages are "
              + MessageText.quoted(names, "and")
              + ".");
    }
    return new SelectedStage(staged.stages().get(name), name, names);
  }

  /** A note that names the stage and the others; empty without stages. */
  String note() {
    if (names.isEmpty()) {
      return "";
    }
    List<String> others = names.stream().filter(other -> !other.equals(name)).toList();
    return others.isEmpty()
        ? "this is the only stage, " + MessageText.quoted(name)
        : "this is the stage %s; --stage shows %s"
            .formatted(MessageText.quoted(name), MessageText.quoted(others, "or"));
  }

  /** An object with the names of the stage and of all stages in addition, if there are stages. */
  Map<String, Object> json(Map<String, Object> object) {
    Map<String, Object> named = new LinkedHashMap<>(object);
    if (!names.isEmpty()) {
      named.put("stage", name);
      named.put("stages", names);
    }
    return named;
  }
}
