package org.gantry.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.runs.internal.EngineThreads;
import org.gantry.runs.internal.RunLock;
import org.gantry.runs.internal.RunRecords;
import org.gantry.runs.internal.SessionLearner;
import org.gantry.runs.internal.StartPoint;
import org.gantry.runs.internal.TrainingLoop;
import org.gantry.tensor.ThreadCount;
import org.gantry.training.Session;
import org.gantry.watchdog.WatchdogFinding;

/**
 * A training in a run folder, from its first step. A {@link RunResumption} continues one.
 *
 * @param folder just created for this composition
 * @param composed what to train
 */
public record TrainingRun(RunFolder folder, ComposedRecipe composed) {

  /** Follows a training, on the thread that trains. */
  public interface TrainingListener {

    /**
     * A checkpoint cannot be used to continue the run, and the one before it is tried.
     *
     * @param checkpoint its folder, which is renamed to {@code damaged-...}
     * @param reason what is wrong with it
     */
    default void checkpointSkipped(Path checkpoint, String reason) {}

    /**
     * The run is continued.
     *
     * @param step the steps that lie behind
     */
    default void resumed(long step) {}

    /**
     * The networks are allocated and the first step begins.
     *
     * @param steps the steps to do, those that lie behind included
     * @param threads the threads that the engine uses
     */
    default void started(long steps, int threads) {}

    /**
     * A step is done.
     *
     * @param step the steps done, from 1
     * @param steps the steps to do
     * @param seconds the time spent training, before the run was continued included
     * @param values the terms, by {@code player/term}, then the watched values, in a fixed order
     */
    default void stepDone(long step, long steps, double seconds, Map<String, Double> values) {}

    /**
     * A watchdog has found something, or has not found it any more.
     *
     * @param step the steps done
     * @param watchdog its name
     * @param appeared false if the finding is gone
     * @param done what was done about it, as clauses; empty if nothing was
     */
    default void findingChanged(
        long step, String watchdog, WatchdogFinding finding, boolean appeared, List<String> done) {}

    /**
     * The training goes on from an earlier checkpoint with other draws.
     *
     * @param from the step from which it went back
     * @param to the steps that now lie behind
     */
    default void rolledBack(long from, long to) {}

    /**
     * The training goes on with a change that its recipe has for this step, or that was asked for.
     *
     * @param step the steps done
     * @param anew what could not be carried over, as clauses
     * @param now the recipe with all changes that it is to have
     */
    default void recipeChanged(
        long step, Recipes.Change change, List<String> anew, ComposedRecipe now) {}

    /** A picture of samples was written. */
    default void pictureWritten(Path picture) {}

    /** A checkpoint was written. */
    default void checkpointWritten(Path checkpoint) {}

    /** The training is over: done or interrupted. */
    default void finished(RunState state) {}
  }

  /**
   * Trains to the last step, or until asked to stop. Then the current step is finished, and a
   * checkpoint is written, so that the folder is complete. The folder is locked meanwhile.
   *
   * @param stop asked after every step, from the thread that trains
   * @return the state at the end: done or interrupted
   * @throws RunException if another training uses the folder, a term becomes NaN or infinite, a
   *     watchdog stops the training, memory runs out, a component fails, or the folder cannot be
   *     written to; the state then says so where that could still be written, and earlier
   *     checkpoints are as they were
   */
  public RunState run(TrainingListener listener, BooleanSupplier stop) {
    return RunLock.runLocked(folder.path(), () -> train(listener, stop));
  }

  private RunState train(TrainingListener listener, BooleanSupplier stop) {
    TrainingLoop loop =
        new TrainingLoop(folder, composed, System::nanoTime, StartPoint.first(created()));
    int threads = EngineThreads.forNewRun(composed);
    ThreadCount.set(threads);
    return loop.run(
        () ->
            new SessionLearner(
                Session.open(composed.graph()), composed, composed.settings().seed()),
        threads,
        listener,
        stop);
  }

  private Instant created() {
    try {
      return RunRecords.created(folder.environmentFile());
    } catch (IOException e) {
      throw new RunException("cannot begin the run " + folder.path() + ": " + ErrorText.of(e), e);
    }
  }
}
