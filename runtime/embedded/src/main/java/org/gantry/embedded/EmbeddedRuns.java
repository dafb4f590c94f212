package org.gantry.embedded;

import java.nio.file.Path;
import java.util.List;

/**
 * Composes recipes and opens runs. A bundle of the installation has an implementation; programs
 * call {@link EmbeddedGantry}.
 */
public interface EmbeddedRuns {

  /**
   * Composes a recipe, as {@link EmbeddedGantry#compose} does.
   *
   * @param changes as {@code PATH=VALUE}
   */
  RecipeTraining compose(String recipe, List<String> changes);

  /** Opens a worker, as {@link EmbeddedGantry#openWorker} does. */
  TrainingWorker openWorker(WorkerSettings settings);

  /** Opens a run, as {@link EmbeddedGantry#openRun} does. */
  OpenedRun open(Path folder);
}
