package org.gantry.runs.training;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.EngineDevice;
import org.gantry.runs.EngineThreads;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunLock;
import org.gantry.runs.RunState;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.internal.artefacts.TrainingArtefacts;
import org.gantry.runs.internal.loop.TrainingState;
import org.gantry.runs.internal.loop.TrainingState.StartPoint;
import org.gantry.tensor.ThreadCount;
import org.gantry.training.Session;
import org.gantry.training.WorkerPlan;

/**
 * A new training in a run folder. A {@link RunResumption} continues one.
 *
 * @param folder the folder that was created for this composition
 * @param composed what to train
 */
public record TrainingRun(RunFolder folder, ComposedRecipe composed) {

  /**
   * Trains to the last step, or until asked to stop. Then it completes the current step and writes
   * a checkpoint. Holds the lock of the folder meanwhile.
   *
   * @param stop asked after every step, on the thread that trains
   * @return the final state: done, with a reason if it stopped early, or interrupted
   * @throws RunException if another training uses the folder, a term becomes NaN or infinite, a
   *     watchdog stops the training, memory runs out, a component fails, or a file cannot be
   *     written. The state then records the failure, if it can be written, and earlier checkpoints
   *     stay.
   */
  public RunState run(TrainingListener listener, BooleanSupplier stop) {
    return run(listener, stop, WorkerPlan.SINGLE);
  }

  /** Trains as the first of several workers; otherwise as {@link #run}. */
  RunState run(TrainingListener listener, BooleanSupplier stop, WorkerPlan workers) {
    return RunLock.runLocked(folder.path(), () -> train(listener, stop, workers));
  }

  private RunState train(TrainingListener listener, BooleanSupplier stop, WorkerPlan workers) {
    TrainingState state =
        new TrainingState(
            folder, composed.settings(), Optional.of(composed), System::nanoTime, start());
    int threads = EngineThreads.forNewRun(composed);
    ThreadCount.set(threads);
    return TrainingArtefacts.loop(state, listener)
        .run(
            () ->
                new SessionLearner(
                    Session.open(
                        composed.graph(), EngineDevice.forNewRun(composed.settings()), workers),
                    composed,
                    composed.settings().seed(),
                    folder.cache()),
            threads,
            stop);
  }

  private StartPoint start() {
    try {
      return StartPoint.first(folder.environment().created());
    } catch (IOException e) {
      throw new RunException("cannot begin the run " + folder.path() + ": " + ErrorText.of(e), e);
    }
  }
}
