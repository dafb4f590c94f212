package org.gantry.experiments.definition;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue.Mapping;

/**
 * A recipe with changes that is trained under several seeds.
 *
 * @param name the label of its variant, followed by a number if the variant has several points
 * @param recipe the name or the file of a recipe; empty if the experiment contains the recipe
 * @param inlineRecipe the recipe that the experiment contains
 * @param position where the experiment names or contains the recipe
 * @param placedChanges the changes, in order
 */
public record VariantPoint(
    String name,
    String recipe,
    Optional<Mapping> inlineRecipe,
    SourcePosition position,
    List<PlacedChange> placedChanges) {

  private static final String STEPS = "train.steps";
  private static final String SEED = "train.seed";
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_.,=+-]");
  private static final int MAX_FOLDER_NAME = 100;

  /**
   * A change of a recipe with its position.
   *
   * @param position where the experiment declares the change
   */
  public record PlacedChange(Recipes.Change change, SourcePosition position) {}

  /** Copies the list. */
  public VariantPoint {
    placedChanges = List.copyOf(placedChanges);
  }

  /**
   * Composes the recipe.
   *
   * @param steps the number of steps, if it differs from that in the experiment
   * @throws RecipeException if the recipe is invalid; problems with a change or a missing recipe
   *     have their position in the experiment
   */
  public ComposedRecipe compose(Recipes recipes, long seed, OptionalLong steps) {
    List<Recipes.Change> changes = changes(seed, steps);
    return placingProblems(
        () ->
            inlineRecipe.isPresent()
                ? recipes.compose(name.replace(' ', '-'), inlineRecipe.get(), changes)
                : recipes.compose(recipe, changes));
  }

  /**
   * Composes all stages of the recipe.
   *
   * @param steps the number of steps of each stage, if it differs from that in the experiment
   * @return empty if the recipe has no stages
   * @throws RecipeException if the recipe is invalid
   */
  public Optional<StagedRecipe> composeStages(Recipes recipes, long seed, OptionalLong steps) {
    return inlineRecipe.isPresent()
        ? Optional.empty()
        : placingProblems(() -> recipes.composeStages(recipe, changes(seed, steps)));
  }

  private List<Recipes.Change> changes(long seed, OptionalLong steps) {
    List<Recipes.Change> changes =
        new ArrayList<>(placedChanges.stream().map(PlacedChange::change).toList());
    changes.add(new Recipes.Change(SEED, Long.toString(seed)));
    steps.ifPresent(n -> changes.add(new Recipes.Change(STEPS, Long.toString(n))));
    return changes;
  }

  private <T> T placingProblems(Supplier<T> composing) {
    try {
      return composing.get();
    } catch (RecipeException e) {
      throw new RecipeException(e.problems().stream().map(this::placed).toList());
    }
  }

  private InputProblem placed(InputProblem problem) {
    if (inlineRecipe.isEmpty() && problem.location().equals(recipe)) {
      return problem.withLocation(position.location());
    }
    InputProblem placed = problem;
    for (PlacedChange setting : placedChanges) {
      Recipes.Change change = setting.change();
      // The user did not write this option, so its positions become those in the experiment.
      String where = "--set " + change.path() + "=" + change.value();
      String here = setting.position().location();
      placed =
          new InputProblem(
              placed.location().equals(where) ? here : placed.location(),
              placed.message().replace(where, here),
              placed.expected(),
              placed.fix(),
              placed.missing(),
              placed.cause());
    }
    return placed;
  }

  /** Returns the folder of the trainings of this point. */
  public Path folder(Path runs) {
    String plain = name.replace(", ", ",").replace(' ', '-');
    String safe = UNSAFE.matcher(plain).replaceAll("_");
    if (safe.equals(plain) && plain.length() <= MAX_FOLDER_NAME) {
      return runs.resolve(plain);
    }
    // Names that differ only in what is replaced or cut have different folders.
    String begin = safe.substring(0, Math.min(safe.length(), MAX_FOLDER_NAME));
    return runs.resolve("%s-%08x".formatted(begin, name.hashCode()));
  }
}
