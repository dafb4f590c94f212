package org.gantry.runs.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.runs.EngineDevice;
import org.gantry.runs.EngineThreads;
import org.gantry.runs.RunEnvironment;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunLock;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.internal.loop.Learner.DivergenceException;
import org.gantry.runs.internal.store.CheckpointStore;
import org.gantry.runs.internal.store.CheckpointStore.CheckpointScan;
import org.gantry.tensor.ThreadCount;
import org.gantry.training.Session;
import org.gantry.training.WorkerException;
import org.gantry.training.WorkerPlan;

/**
 * The training of a run by several workers, as one of them does it. Worker 0 trains as one machine
 * does and writes the folder. The others read recipe and checkpoint from the folder, and take part
 * in every step.
 *
 * @param folder the run, which was created before; every worker can read it
 * @param recipes compose its recipe
 * @param components the components of this worker
 */
public record WorkerTraining(RunFolder folder, Recipes recipes, ComponentRegistry components) {

  private static final int EARLIER_TRIES = 300;
  private static final long EARLIER_MILLIS = 100;

  /**
   * Begins or continues the training, until its last step or until worker 0 is asked to stop.
   *
   * @param workers all workers, and what they exchange
   * @param stop asked at worker 0 after every step after which all workers have the same generators
   * @return the state of the run at worker 0; at the others, the step they reached
   * @throws RunException if the plugins here differ from those of the run, the workers do not start
   *     from the same step, or as {@link TrainingRun#run}; caused by a {@link WorkerException} if
   *     another worker has ended or is lost
   */
  public RunState run(WorkerPlan workers, TrainingListener listener, BooleanSupplier stop) {
    requireSamePlugins();
    if (workers.group().rank() == 0) {
      awaitEarlierTraining();
    }
    // The others look into the folder once nothing writes to it any more.
    workers.group().average(FloatBuffer.allocate(1));
    if (workers.group().rank() > 0) {
      return follow(workers, listener);
    } else if (isNew()) {
      ComposedRecipe composed = recipes.acceptingAnyVersion().compose(recipe(), List.of());
      WorkerChecks.requireConstant(composed, workers.group().size());
      requireSameStart(workers, 0);
      return new TrainingRun(folder, composed).run(listener, stop, workers);
    }
    try (RunResumption resumption =
        RunResumption.open(folder.path(), recipes, components, List.of())) {
      WorkerChecks.requireConstant(resumption.composed(), workers.group().size());
      requireSameStart(workers, resumption.step());
      return resumption.run(listener, stop, workers);
    }
  }

  /**
   * Waits for a training of this run that notices only now that a worker was lost. Another training
   * is then an error.
   */
  private void awaitEarlierTraining() {
    try {
      for (int i = 0; i < EARLIER_TRIES && RunLock.isHeld(folder.path()); i++) {
        Thread.sleep(EARLIER_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted before the training of " + folder.path(), e);
    }
  }

  private String recipe() {
    return folder.recipe().toString();
  }

  /** Whether the run has not begun. */
  private boolean isNew() {
    return folder.state().resumeCount() == 0
        && scan().newest().isEmpty()
        && !Files.exists(folder.metrics());
  }

  private CheckpointScan scan() {
    try {
      return new CheckpointStore(folder.checkpoints(), 1).scan();
    } catch (IOException e) {
      throw new RunException("cannot read the run " + folder.path() + ": " + ErrorText.of(e), e);
    }
  }

  /**
   * Checks that this worker has the plugins of the run.
   *
   * @throws RunException names the plugins that are missing or differ
   */
  public void requireSamePlugins() {
    List<String> others = folder.pluginDifferences(components);
    if (!others.isEmpty()) {
      throw new RunException(
          "a worker has other plugins than the run %s: %s"
              .formatted(folder.path(), String.join("; ", others)));
    }
  }

  private static void requireSameStart(WorkerPlan workers, long step) {
    FloatBuffer mean = FloatBuffer.wrap(new float[] {step});
    workers.group().average(mean);
    if (mean.get(0) != (float) step) {
      throw new RunException(
          "worker %d starts from step %d and others from another one; all workers need to see the same files in the run's folder"
              .formatted(workers.group().rank(), step));
    }
  }

  /** Trains along with worker 0. */
  private RunState follow(WorkerPlan workers, TrainingListener listener) {
    CheckpointScan scan = scan();
    ComposedRecipe composed;
    RunEnvironment recorded;
    try {
      composed =
          RecipeAmendment.of(recipes.acceptingAnyVersion(), folder, scan, List.of())
              .composed()
              .withChanges(scan.changes());
      recorded = folder.environment();
    } catch (IOException e) {
      throw new RunException("cannot read the run " + folder.path() + ": " + ErrorText.of(e), e);
    }
    WorkerChecks.requireConstant(composed, workers.group().size());
    int threads = EngineThreads.forRecordedRun(composed.settings(), recorded);
    ThreadCount.set(threads);
    requireSameStart(workers, scan.step());
    Session session =
        Session.open(
            composed.graph(), EngineDevice.forRecordedRun(composed.settings(), recorded), workers);
    try (SessionLearner learner =
        new SessionLearner(session, composed, composed.settings().seed(), folder.cache())) {
      if (scan.newest().isPresent()) {
        session.restore(scan.newest().get().path());
      }
      listener.started(composed.totalSteps(), threads);
      return train(session, learner, composed.totalSteps(), listener);
    } catch (IOException e) {
      throw new RunException("cannot read the run " + folder.path() + ": " + ErrorText.of(e), e);
    } catch (DivergenceException e) {
      throw new RunException(e.getMessage(), e);
    }
  }

  private static RunState train(
      Session session, SessionLearner learner, long steps, TrainingListener listener) {
    long begun = System.nanoTime();
    try {
      while (session.completedSteps() < steps) {
        Map<String, Double> values = learner.step(false);
        double seconds = (System.nanoTime() - begun) / 1e9;
        listener.stepDone(session.completedSteps(), steps, seconds, values);
      }
      return new RunState(RunStatus.DONE, steps, steps, 0, "", 0);
    } catch (WorkerException e) {
      if (e.isAnnounced()) {
        return new RunState(
            RunStatus.INTERRUPTED, session.completedSteps(), steps, 0, e.getMessage(), 0);
      }
      throw new RunException(e.getMessage(), e);
    }
  }
}
