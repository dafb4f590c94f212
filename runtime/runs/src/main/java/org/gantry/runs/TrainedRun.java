package org.gantry.runs;

import java.nio.file.Path;
import java.util.List;
import org.gantry.components.Components;
import org.gantry.recipes.Composed;
import org.gantry.recipes.Recipes;

/** A run's last checkpoint, brought back for use. Used by one thread at a time. */
public final class TrainedRun implements AutoCloseable {

  private TrainedRun() {}

  /**
   * Composes the run's recipe again and restores its last checkpoint.
   *
   * @param path the run's folder
   * @param changes to what is done with the run, such as its {@code sampler}; not to what was trained
   * @throws RunException if the folder is no run's, has no checkpoint, a file of the checkpoint is
   *     damaged, or a plugin is missing or of another version than when the run was made
   * @throws org.gantry.recipes.RecipeException if a change does not fit the recipe
   */
  public static TrainedRun open(
      Path path, Recipes recipes, Components components, List<Recipes.Change> changes) {
    throw new UnsupportedOperationException();
  }

  /** The folder. */
  public RunFolder folder() {
    throw new UnsupportedOperationException();
  }

  /** What was trained. */
  public Composed composed() {
    throw new UnsupportedOperationException();
  }

  /** The steps that the checkpoint has behind it. */
  public long step() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
