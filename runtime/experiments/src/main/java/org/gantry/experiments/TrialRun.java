package org.gantry.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.support.TextFiles;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.StagedRun;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.training.RunResumption;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.training.TrainingRun;

/**
 * The run of one training of an experiment. A recipe with stages has a run folder for each stage
 * within the folder.
 *
 * @param root the folder, which may not exist yet
 */
record TrialRun(Path root) {

  /** Whether the training has begun. */
  boolean exists() {
    return Files.exists(root);
  }

  /**
   * The run folder with the results: that of the last stage, or of the stage that failed. It may
   * not exist yet.
   */
  Path results() {
    return StagedRun.find(root)
        .map(
            staged ->
                staged.stages().stream()
                    .filter(stage -> hasFailed(staged, stage))
                    .findFirst()
                    .orElse(staged.stages().get(staged.stages().size() - 1)))
        .map(root::resolve)
        .orElse(root);
  }

  private static boolean hasFailed(StagedRun staged, String stage) {
    return staged.hasBegun(stage)
        && staged.folder(stage).state().status() == RunState.RunStatus.FAILED;
  }

  /**
   * The figures of the evaluations of earlier stages. Each name begins with that of its stage, as
   * {@code small/METRIC/FIGURE}.
   */
  Map<String, Double> earlierFigures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String stage : earlierStages()) {
      evaluation(root.resolve(stage))
          .ifPresent(
              result ->
                  result
                      .figures()
                      .forEach((name, value) -> figures.put(stage + "/" + name, value)));
    }
    return figures;
  }

  private List<String> earlierStages() {
    return StagedRun.find(root)
        .map(StagedRun::stages)
        .map(stages -> stages.subList(0, stages.size() - 1))
        .orElse(List.of());
  }

  private static Optional<EvaluationResult> evaluation(Path run) {
    RunFolder folder = new RunFolder(run);
    return Files.exists(folder.stateFile())
        ? folder.evaluation().filter(e -> e.step() == folder.state().step())
        : Optional.empty();
  }

  /**
   * Evaluates the results of a training that is done, and the earlier stages whose recipes name
   * metrics.
   *
   * @param cache where metrics keep what is expensive to compute
   */
  void evaluate(Recipes recipes, ComponentRegistry components, Path cache) {
    for (String stage : earlierStages()) {
      if (evaluation(root.resolve(stage)).isEmpty()) {
        evaluate(root.resolve(stage), recipes, components, cache, false);
      }
    }
    evaluate(results(), recipes, components, cache, true);
  }

  private static void evaluate(
      Path run, Recipes recipes, ComponentRegistry components, Path cache, boolean required) {
    try (TrainedRun trained = TrainedRun.open(run, recipes, components, List.of())) {
      if (required || !trained.composed().metrics().isEmpty()) {
        trained.evaluate(trained.composed().settings().evaluate(), cache);
      }
    }
  }

  /** The file of the resolved recipe, with all stages. */
  Path recipeFile() {
    return new RunFolder(root).recipe();
  }

  /**
   * The resolved recipe as it was written when the training began.
   *
   * @throws IOException if it cannot be read
   */
  String recordedRecipe() throws IOException {
    return TextFiles.read(recipeFile());
  }

  /**
   * Refuses a folder that was trained with another recipe. The recorded recipe is resolved again,
   * so that an option that a component has gained since then does not count as a difference.
   *
   * @param wanted the resolved recipe of the training
   * @throws RunException if it was, or the folder cannot be read
   */
  void requireSame(String wanted, Recipes recipes) {
    try {
      String recorded = recordedRecipe();
      List<RecipeDifference> differences = RecipeDifference.affectingResults(recorded, wanted);
      if (!differences.isEmpty()) {
        differences = RecipeDifference.affectingResults(resolved(recorded, recipes), wanted);
      }
      if (!differences.isEmpty()) {
        RecipeDifference first = differences.get(0);
        throw new RunException(
            "%s was trained with another recipe: %s was %s there and is %s here; choose another folder for the experiment, or remove that run"
                .formatted(
                    root,
                    first.path(),
                    first.before().orElse("absent"),
                    first.after().orElse("absent")));
      }
    } catch (IOException e) {
      throw new RunException("cannot read " + root + ": " + e.getMessage(), e);
    }
  }

  private String resolved(String recorded, Recipes recipes) {
    String file = recipeFile().toString();
    Recipes any = recipes.acceptingAnyVersion();
    try {
      return any.composeStages(file, List.of())
          .map(StagedRecipe::yaml)
          .orElseGet(() -> any.compose(file, List.of()).yaml());
    } catch (RecipeException e) {
      return recorded;
    }
  }

  /**
   * Begins the training, or continues it. Of a recipe with stages, trains all that are left.
   *
   * @param stop checked after every step
   * @throws RunException if it fails
   */
  void train(
      TrialRecipe recipe,
      Recipes recipes,
      ComponentRegistry components,
      TrainingListener listener,
      BooleanSupplier stop) {
    Optional<StagedRun> begun = StagedRun.find(root);
    Optional<StagedRecipe> stages = exists() ? Optional.empty() : recipe.stages(recipes);
    if (begun.isPresent()) {
      trainStages(begun.get(), recipes, components, listener, stop);
    } else if (stages.isPresent()) {
      trainStages(StagedRun.create(root, stages.get()), recipes, components, listener, stop);
    } else if (!exists()) {
      begin(root, recipe.composed(recipes), listener, stop);
    } else {
      resume(root, recipes, components, listener, stop);
    }
  }

  private static void trainStages(
      StagedRun run,
      Recipes recipes,
      ComponentRegistry components,
      TrainingListener listener,
      BooleanSupplier stop) {
    for (String stage : run.stages()) {
      Path path = run.folder(stage).path();
      if (run.hasBegun(stage)) {
        resume(path, recipes, components, listener, stop);
      } else {
        RunFolder.removeIncomplete(path);
        ComposedRecipe composed =
            recipes.acceptingAnyVersion().composeStage(run.recipe().toString(), stage, run.path());
        begin(path, composed, listener, stop);
      }
      if (!run.isDone(stage)) {
        return;
      }
    }
  }

  private static void begin(
      Path path, ComposedRecipe composed, TrainingListener listener, BooleanSupplier stop) {
    new TrainingRun(RunFolder.create(path, composed), composed).run(listener, stop);
  }

  private static void resume(
      Path path,
      Recipes recipes,
      ComponentRegistry components,
      TrainingListener listener,
      BooleanSupplier stop) {
    if (RunFolder.open(path).state().status() != RunState.RunStatus.DONE) {
      try (RunResumption resumption = RunResumption.open(path, recipes, components, List.of())) {
        resumption.run(listener, stop);
      }
    }
  }
}
