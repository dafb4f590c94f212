package org.gantry.cli.runs;

import java.nio.file.Path;
import java.util.List;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.cli.workers.SparkTraining;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.training.RunResumption;
import org.gantry.runs.training.WorkerChecks;

/**
 * Trains runs with several workers.
 *
 * @param execution shows the progress
 * @param training starts the workers
 */
record WorkerRun(TrainingExecution execution, SparkTraining training) {

  /**
   * The recipe as workers train it.
   *
   * @throws InvalidInputException if they cannot, or Spark is missing
   */
  ComposedRecipe adapt(ComposedRecipe composed) {
    training.requireSpark();
    try {
      WorkerChecks.requireConstant(composed, training.request().workers());
    } catch (RunException e) {
      throw new InvalidInputException(e.getMessage(), "", e);
    }
    return training.request().withCheckpoints(composed);
  }

  /** Trains a new run; returns the exit code. */
  int begin(RunFolder folder, ComposedRecipe composed) {
    return train("training", folder, composed);
  }

  /**
   * Continues a run from its last checkpoint; returns the exit code.
   *
   * @param changes of the recipe, which workers cannot take over
   */
  int resume(ResumeRequest request, Path run, List<Change> changes) {
    if (!changes.isEmpty()) {
      throw new InvalidInputException(
          "--on: workers continue a run without changes, but %s was given"
              .formatted(changes.get(0)),
          "Continue it on one machine first, or leave out the changes.");
    }
    RunFolder folder;
    ComposedRecipe composed;
    // The first worker takes the lock of the folder, so that it is free before the workers start.
    try (RunResumption resumption = request.open(run, changes)) {
      folder = resumption.folder();
      composed = resumption.composed();
      adapt(composed);
    }
    return train("continuing", folder, composed);
  }

  private int train(String verb, RunFolder folder, ComposedRecipe composed) {
    return execution.train(
        "%s %s in %s with %s"
            .formatted(verb, composed.name(), folder.path(), training.request().text()),
        folder,
        composed,
        (progress, stop) -> training.train(folder, composed, progress, stop));
  }
}
