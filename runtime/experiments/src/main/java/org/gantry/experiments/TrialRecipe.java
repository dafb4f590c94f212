package org.gantry.experiments;

import java.util.Optional;
import java.util.OptionalLong;
import org.gantry.experiments.definition.VariantPoint;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.StagedRecipe;

/**
 * The recipe of one training.
 *
 * @param point the recipe with its changes
 * @param seed the seed of the training
 * @param steps the number of steps, if it differs from that in the recipe
 */
record TrialRecipe(VariantPoint point, long seed, OptionalLong steps) {

  /** Composes the recipe; the last stage of one with stages. */
  ComposedRecipe composed(Recipes recipes) {
    return point.compose(recipes, seed, steps);
  }

  /** Composes all stages; empty for a recipe without stages. */
  Optional<StagedRecipe> stages(Recipes recipes) {
    return point.composeStages(recipes, seed, steps);
  }

  /** The resolved recipe, with all stages. */
  String yaml(Recipes recipes) {
    return stages(recipes).map(StagedRecipe::yaml).orElseGet(() -> composed(recipes).yaml());
  }
}
