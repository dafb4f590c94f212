package org.gantry.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gantry.components.Components;
import org.gantry.recipes.Composed;
import org.gantry.recipes.Recipes;
import org.gantry.runs.internal.Checkpoints;
import org.gantry.runs.internal.Checkpoints.Checkpoint;
import org.gantry.runs.internal.EngineThreads;
import org.gantry.runs.internal.Locks;
import org.gantry.runs.internal.Reason;
import org.gantry.tensor.Threads;
import org.gantry.training.Session;

/** A run's last checkpoint, brought back for use. Used by one thread at a time. */
public final class TrainedRun implements AutoCloseable {

  private final RunFolder folder;
  private final Composed composed;
  private final Session session;

  private TrainedRun(RunFolder folder, Composed composed, Session session) {
    this.folder = folder;
    this.composed = composed;
    this.session = session;
  }

  /**
   * Composes the run's recipe again and restores its last checkpoint.
   *
   * @param path the run's folder
   * @param changes to what is done with the run, such as its {@code sampler}; not to what was
   *     trained
   * @throws RunException if the folder is no run's, has no checkpoint, a file of the checkpoint is
   *     damaged, or a plugin is missing or of another version than when the run was made
   * @throws org.gantry.recipes.RecipeException if a change does not fit the recipe
   */
  public static TrainedRun open(
      Path path, Recipes recipes, Components components, List<Recipes.Change> changes) {
    RunFolder folder = RunFolder.open(path);
    Checkpoint checkpoint = lastCheckpoint(folder);
    Locks.requireInstalled(folder.components(), components.all(), path);
    Composed composed = recipes.compose(folder.recipe().toString(), changes);
    return restore(folder, composed, checkpoint);
  }

  /** Restores a checkpoint into a composition of the same graph. */
  static TrainedRun restore(RunFolder folder, Composed composed, Checkpoint checkpoint) {
    Threads.use(EngineThreads.choose(composed));
    Session session = Session.open(composed.graph());
    try {
      session.restore(checkpoint.path());
      return new TrainedRun(folder, composed, session);
    } catch (IOException e) {
      session.close();
      throw new RunException("cannot restore the run " + folder.path() + ": " + Reason.of(e), e);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static Checkpoint lastCheckpoint(RunFolder folder) {
    try {
      Checkpoint last =
          new Checkpoints(folder.checkpoints(), 1)
              .last()
              .orElseThrow(
                  () ->
                      new RunException(
                          "the run "
                              + folder.path()
                              + " has no checkpoint yet: it has done "
                              + folder.state().step()
                              + " steps"));
      Checkpoints.verify(last);
      return last;
    } catch (IOException e) {
      throw new RunException(
          "the last checkpoint of " + folder.path() + " is damaged: " + Reason.of(e), e);
    }
  }

  /** The folder. */
  public RunFolder folder() {
    return folder;
  }

  /** What was trained. */
  public Composed composed() {
    return composed;
  }

  /** The steps that the checkpoint has behind it. */
  public long step() {
    return session.steps();
  }

  Session session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
  }
}
