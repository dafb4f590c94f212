package org.gantry.experiments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.StagedRecipe;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.StagedRun;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.training.RunResumption;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.training.TrainingRun;

/**
 * The folder of one training of an experiment: a run, or a run with stages. The last stage stands
 * for the whole: its state, its curves and its samples are those of the training.
 *
 * @param path the folder, which may not exist yet
 */
record TrialFolder(Path path) {

  /** The run that stands for the training: the last stage, or an earlier one that failed. */
  Path result() {
    return StagedRun.find(path).map(TrialFolder::result).orElse(path);
  }

  private static Path result(StagedRun run) {
    List<String> stages = run.stages();
    String decisive =
        stages.stream()
            .filter(run::hasBegun)
            .filter(stage -> run.folder(stage).state().status() == RunStatus.FAILED)
            .findFirst()
            .orElse(stages.get(stages.size() - 1));
    return run.folder(decisive).path();
  }

  /** The resolved recipe with all stages. */
  Path recipe() {
    return new RunFolder(path).recipe();
  }

  /**
   * The figures of the evaluation. Those of an earlier stage begin with its name, as {@code
   * small/METRIC/FIGURE}.
   *
   * @return empty before the evaluation of the result
   */
  Optional<Map<String, Double>> figures() {
    return evaluation(result())
        .map(
            own -> {
              Map<String, Double> figures = new LinkedHashMap<>(own.figures());
              for (String stage : earlierStages()) {
                evaluation(path.resolve(stage))
                    .ifPresent(
                        result ->
                            result
                                .figures()
                                .forEach((name, value) -> figures.put(stage + "/" + name, value)));
              }
              return figures;
            });
  }

  private List<String> earlierStages() {
    List<String> stages = StagedRun.find(path).map(StagedRun::stages).orElse(List.of(""));
    return stages.subList(0, stages.size() - 1);
  }

  private static Optional<EvaluationResult> evaluation(Path run) {
    RunFolder folder = new RunFolder(run);
    return Files.exists(folder.stateFile())
        ? folder.evaluation().filter(e -> e.step() == folder.state().step())
        : Optional.empty();
  }

  /** Begins the training of a recipe without stages. */
  void begin(ComposedRecipe recipe, TrainingListener listener, BooleanSupplier stop) {
    new TrainingRun(RunFolder.create(path, recipe), recipe).run(listener, stop);
  }

  /** Writes the folder of a recipe with stages. */
  void prepare(StagedRecipe recipe) {
    StagedRun.create(path, recipe);
  }

  /** Continues the training, with all stages that are not done. */
  void resume(
      Recipes recipes,
      ComponentRegistry components,
      TrainingListener listener,
      BooleanSupplier stop) {
    Optional<StagedRun> staged = StagedRun.find(path);
    if (staged.isEmpty()) {
      resume(path, recipes, components, listener, stop);
      return;
    }
    for (String stage : staged.get().stages()) {
      Path run = path.resolve(stage);
      if (staged.get().isDone(stage)) {
        continue;
      } else if (staged.get().hasBegun(stage)) {
        resume(run, recipes, components, listener, stop);
      } else {
        RunFolder.removeIncomplete(run);
        ComposedRecipe composed =
            recipes.acceptingAnyVersion().composeStage(recipe().toString(), stage, path);
        new TrainingRun(RunFolder.create(run, composed), composed).run(listener, stop);
      }
      if (!staged.get().isDone(stage)) {
        return;
      }
    }
  }

  private static void resume(
      Path run,
      Recipes recipes,
      ComponentRegistry components,
      TrainingListener listener,
      BooleanSupplier stop) {
    if (RunFolder.open(run).state().status() != RunStatus.DONE) {
      try (RunResumption resumption = RunResumption.open(run, recipes, components, List.of())) {
        resumption.run(listener, stop);
      }
    }
  }

  /**
   * Evaluates the result of a finished training, and the earlier stages whose recipes name metrics.
   *
   * @param cache where metrics keep what is expensive to compute
   */
  void evaluate(Recipes recipes, ComponentRegistry components, Path cache) {
    for (String stage : earlierStages()) {
      evaluate(path.resolve(stage), recipes, components, cache, false);
    }
    evaluate(result(), recipes, components, cache, true);
  }

  private static void evaluate(
      Path path, Recipes recipes, ComponentRegistry components, Path cache, boolean required) {
    if (!required && evaluation(path).isPresent()) {
      return;
    }
    try (TrainedRun run = TrainedRun.open(path, recipes, components, List.of())) {
      if (required || !run.composed().metrics().isEmpty()) {
        run.evaluate(run.composed().settings().evaluate(), cache);
      }
    }
  }
}
