package org.gantry.cli.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;

/**
 * Options of a training that stand for changes of the recipe.
 *
 * @param steps of {@code --steps}; null if it was not given
 * @param seed of {@code --seed}; null if it was not given
 */
record TypedOptions(Long steps, Long seed) {

  private static final String STEPS = ScheduledChange.STEPS;
  private static final String SEED = "train.seed";

  /** The changes for which the options stand. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    if (steps != null) {
      changes.add(new Change(STEPS, steps.toString()));
    }
    if (seed != null) {
      changes.add(new Change(SEED, seed.toString()));
    }
    return changes;
  }

  /** Reports problems under the option that the user typed, not under the change it stands for. */
  <T> T call(Supplier<T> composing) {
    try {
      return composing.get();
    } catch (RecipeException e) {
      throw new RecipeException(e.problems().stream().map(this::underOption).toList());
    }
  }

  private InputProblem underOption(InputProblem problem) {
    String where =
        problem
            .location()
            .replaceFirst("--set (stages\\.[^.]+\\.)?" + STEPS + "=" + steps, "--steps " + steps)
            .replaceFirst("--set (stages\\.[^.]+\\.)?" + SEED + "=" + seed, "--seed " + seed);
    return problem.withLocation(where);
  }
}
