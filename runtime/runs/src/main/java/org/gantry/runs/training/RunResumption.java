package org.gantry.runs.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.DataLock;
import org.gantry.runs.EngineDevice;
import org.gantry.runs.EngineThreads;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunEnvironment;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunLock;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.internal.artefacts.TrainingArtefacts;
import org.gantry.runs.internal.loop.TrainingLoop;
import org.gantry.runs.internal.loop.TrainingState;
import org.gantry.runs.internal.loop.TrainingState.StartPoint;
import org.gantry.runs.internal.store.CheckpointStore;
import org.gantry.runs.internal.store.CheckpointStore.CheckpointScan;
import org.gantry.runs.internal.store.HistoryLines;
import org.gantry.runs.internal.store.JsonLines;
import org.gantry.runs.internal.store.RunRewind;
import org.gantry.tensor.ComputeDevice;
import org.gantry.tensor.ThreadCount;
import org.gantry.training.Session;
import org.gantry.training.WorkerPlan;

/**
 * Resumes a run that was interrupted, failed, was killed, or is done and gets more steps. It
 * continues from the latest intact checkpoint to the same bits as an uninterrupted run, or begins
 * again if there is no checkpoint.
 *
 * <p>Nothing changes until {@link #run} is called. The folder is locked from {@link #open} to
 * {@link #close}, so what the notes say stays true.
 */
public final class RunResumption implements AutoCloseable {

  private final RunFolder folder;
  private final RunLock lock;
  private final ComposedRecipe current;
  private final CheckpointScan scan;
  private final RecipeAmendment amendment;
  private final List<String> otherPlugins;
  private final List<String> otherData;
  private final RunEnvironment recorded;

  private RunResumption(
      RunFolder folder,
      RunLock lock,
      ComposedRecipe current,
      CheckpointScan scan,
      RecipeAmendment amendment,
      List<String> otherPlugins,
      List<String> otherData,
      RunEnvironment recorded) {
    this.folder = folder;
    this.lock = lock;
    this.current = current;
    this.scan = scan;
    this.amendment = amendment;
    this.otherPlugins = otherPlugins;
    this.otherData = otherData;
    this.recorded = recorded;
  }

  /**
   * Reads a run and composes its recipe again. Needs the same plugins and the same data.
   *
   * @param path the folder of the run
   * @param changes to the recorded recipe, such as {@code train.steps}
   * @throws RunException if the folder is not the folder of a run, another training uses it, all
   *     steps are done, or the installed plugins or the data differ from those of the run
   * @throws org.gantry.recipes.text.RecipeException if a change does not fit the recipe
   */
  public static RunResumption open(
      Path path, Recipes recipes, ComponentRegistry components, List<Recipes.Change> changes) {
    return open(path, recipes, components, changes, AcceptedDifferences.NONE);
  }

  /**
   * Reads a run and composes its recipe again.
   *
   * @param path the folder of the run
   * @param changes to the recorded recipe, such as {@code train.steps}
   * @param accepted what may differ from the run; the {@link #notes} and the history then say how
   * @throws RunException if the folder is not the folder of a run, another training uses it, all
   *     steps are done, or the installed plugins or the data differ from those of the run and must
   *     not
   * @throws org.gantry.recipes.text.RecipeException if a change does not fit the recipe
   */
  public static RunResumption open(
      Path path,
      Recipes recipes,
      ComponentRegistry components,
      List<Recipes.Change> changes,
      AcceptedDifferences accepted) {
    RunFolder folder = RunFolder.open(path);
    RunLock lock = RunLock.acquire(path);
    try {
      List<String> otherPlugins = folder.pluginDifferences(components);
      if (!otherPlugins.isEmpty() && !accepted.plugins()) {
        throw new RunException(
            "the run %s was made with other plugins than are installed: %s"
                .formatted(path, String.join("; ", otherPlugins)));
      }
      // The hashes of the plugins are compared above; the versions in the recipe add nothing.
      Recipes anyVersion = recipes.acceptingAnyVersion();
      CheckpointScan scan = new CheckpointStore(folder.checkpoints(), 1).scan();
      RecipeAmendment amendment = RecipeAmendment.of(anyVersion, folder, scan, changes);
      List<String> otherData = DataLock.differences(folder.lockFile(), amendment.composed());
      if (!otherData.isEmpty() && !accepted.data()) {
        throw new RunException(
            "the run %s was made with other data than is there now: %s"
                .formatted(path, String.join("; ", otherData)));
      }
      ResumptionChecks.requireWork(folder, scan, amendment);
      ResumptionChecks.requireNetworkFiles(folder, scan, amendment.composed());
      return new RunResumption(
          folder,
          lock,
          amendment.composed().withChanges(scan.changes()),
          scan,
          amendment,
          otherPlugins,
          otherData,
          folder.environment());
    } catch (IOException e) {
      lock.close();
      throw new RunException("cannot resume the run " + path + ": " + ErrorText.of(e), e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The folder of the run. */
  public RunFolder folder() {
    return folder;
  }

  /** The recipe from now on. */
  public ComposedRecipe composed() {
    return amendment.composed();
  }

  /** The number of completed steps at the checkpoint; 0 without a checkpoint. */
  public long step() {
    return scan.step();
  }

  /** How the files of the data differ from those of the run, one clause for each data set. */
  public List<String> otherData() {
    return otherData;
  }

  /** How the recipe from now on differs from the recorded one. */
  public List<RecipeDifference> differences() {
    return amendment.differences();
  }

  /** What the user should know before the run is resumed, as sentences. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(composed().notes());
    otherData.forEach(clause -> notes.add(clause + ", so the run continues with other samples"));
    scan.damaged().forEach(damaged -> notes.add(damaged.note()));
    otherPlugins.forEach(clause -> notes.add("the plugin " + clause));
    if (scan.newest().isEmpty()) {
      notes.add("there is no checkpoint to resume from, so the run begins again");
    }
    if (!amendment.unrepeatable().isEmpty()) {
      notes.add(unrepeatableNote());
    }
    if (differences().stream().anyMatch(d -> d.path().equals(ScheduledChange.STEPS))) {
      notes.add(
          "schedules, such as a learning rate that decays, now extend over %d steps"
                  .formatted(composed().totalSteps())
              + (step() == 0 ? "" : " from step %d on".formatted(step())));
    }
    addEnvironmentNotes(notes);
    return notes;
  }

  private String unrepeatableNote() {
    List<String> paths = amendment.unrepeatable().stream().map(RecipeDifference::path).toList();
    String alternative =
        paths.stream().anyMatch(path -> path.startsWith("regularizers"))
            ? "; to keep it repeatable, change the regularizers one by one:"
                + " --set 'regularizers[+]=...', --set regularizers.NAME.OPTION=... or 'gantry"
                + " live'"
            : "";
    return "a recipe cannot schedule a change of %s for step %d; the run uses it from this step on, its recipe from the first step, so training the recipe does not repeat the run%s"
        .formatted(String.join(", ", paths), step(), alternative);
  }

  private void addEnvironmentNotes(List<String> notes) {
    int cores = Runtime.getRuntime().availableProcessors();
    if (threads() > cores) {
      notes.add(
          "the run was made with %d threads and this machine has %s; the run keeps the number of threads, because another one gives other bits, and may be slow"
              .formatted(threads(), cores == 1 ? "1 core" : cores + " cores"));
    }
    if (!device().equals(recorded.device())) {
      notes.add(
          "the run was made on %s and continues on %s, which gives other bits"
              .formatted(recorded.device(), device()));
    }
    RunEnvironment here = RunEnvironment.current(threads(), device());
    if (!here.hasSameEngine(recorded)) {
      notes.add(
          "the run was made with %s %s and continues with %s %s, which may give other bits"
              .formatted(
                  recorded.engine(),
                  recorded.engineVersion(),
                  here.engine(),
                  here.engineVersion()));
    }
  }

  private int threads() {
    return EngineThreads.forRecordedRun(composed().settings(), recorded);
  }

  private ComputeDevice device() {
    return EngineDevice.forRecordedRun(composed().settings(), recorded);
  }

  /**
   * Resumes the training; like {@link TrainingRun#run}. First takes back the metrics, evaluations
   * and pictures of steps after the checkpoint.
   *
   * @param stop asked after every step, on the thread that trains
   * @return the final state: done or interrupted
   * @throws RunException as {@link TrainingRun#run}; also if the checkpoint does not fit a changed
   *     recipe, in which case the folder stays as it was
   */
  public RunState run(TrainingListener listener, BooleanSupplier stop) {
    return run(listener, stop, WorkerPlan.SINGLE);
  }

  /** Resumes the training as the first of several workers; otherwise as {@link #run}. */
  RunState run(TrainingListener listener, BooleanSupplier stop, WorkerPlan workers) {
    ThreadCount.set(threads());
    scan.damaged().forEach(d -> listener.checkpointSkipped(d.path(), d.reason()));
    Session session = restoredSession(workers);
    TrainingLoop loop;
    try {
      StartPoint start = rewind();
      loop =
          TrainingArtefacts.loop(
              new TrainingState(
                  folder, composed().settings(), Optional.of(composed()), System::nanoTime, start),
              listener);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    listener.resumed(step());
    return loop.run(
        () -> new SessionLearner(session, current, composed().settings().seed(), folder.cache()),
        threads(),
        stop);
  }

  private Session restoredSession(WorkerPlan workers) {
    Session session = Session.open(current.graph(), device(), workers);
    try {
      if (scan.newest().isPresent()) {
        session.restore(scan.newest().get().path());
      }
      return session;
    } catch (IOException e) {
      session.close();
      throw new RunException("cannot resume the run " + folder.path() + ": " + ErrorText.of(e), e);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Takes the folder back to the checkpoint and records the resumption. */
  private StartPoint rewind() {
    try {
      double seconds = RunRewind.toCheckpoint(folder, scan);
      int resumeCount = folder.state().resumeCount() + 1;
      JsonLines.append(
          folder.history(),
          HistoryLines.resumed(
              step(),
              amendment.steps(),
              differences(),
              amendment.unrepeatable(),
              otherPlugins,
              otherData,
              scan.damaged(),
              RunEnvironment.current(threads(), device())));
      folder.writeRecipe(composed());
      folder.writeState(
          new RunState(
              RunStatus.RUNNING,
              step(),
              composed().totalSteps(),
              JsonFiles.seconds(seconds),
              "",
              resumeCount));
      return new StartPoint(step(), seconds, resumeCount, recorded.created(), scan.health());
    } catch (IOException e) {
      throw new RunException("cannot resume the run " + folder.path() + ": " + ErrorText.of(e), e);
    }
  }

  /** Releases the lock of the folder. */
  @Override
  public void close() {
    lock.close();
  }
}
