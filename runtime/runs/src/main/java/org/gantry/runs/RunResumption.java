package org.gantry.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.gantry.components.ComponentRegistry;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.internal.CheckpointStore;
import org.gantry.runs.internal.CheckpointStore.Checkpoint;
import org.gantry.runs.internal.CheckpointStore.CheckpointScan;
import org.gantry.runs.internal.EngineThreads;
import org.gantry.runs.internal.JsonLines;
import org.gantry.runs.internal.RecipeAmendment;
import org.gantry.runs.internal.RunLock;
import org.gantry.runs.internal.RunRecords;
import org.gantry.runs.internal.RunRewind;
import org.gantry.runs.internal.SessionLearner;
import org.gantry.runs.internal.StartPoint;
import org.gantry.runs.internal.TrainingLoop;
import org.gantry.tensor.ThreadCount;
import org.gantry.training.Session;

/**
 * A run that is about to be continued: interrupted, failed, killed, or done and given more steps.
 * It goes on from its latest whole checkpoint to the same bits as if it had never stopped, or
 * begins again if it has none. Until {@link #run} is called nothing is changed; the folder is
 * locked from the start, so that what was shown to a person is what then happens.
 */
public final class RunResumption implements AutoCloseable {

  private final RunFolder folder;
  private final RunLock lock;
  private final ComposedRecipe composed;
  private final ComposedRecipe treated;
  private final CheckpointScan found;
  private final RecipeAmendment amendment;
  private final List<String> otherPlugins;
  private final RunRecords.EngineInfo recorded;

  private RunResumption(
      RunFolder folder,
      RunLock lock,
      ComposedRecipe treated,
      CheckpointScan found,
      RecipeAmendment amendment,
      List<String> otherPlugins,
      RunRecords.EngineInfo recorded) {
    this.folder = folder;
    this.lock = lock;
    this.composed = amendment.composed();
    this.treated = treated;
    this.found = found;
    this.amendment = amendment;
    this.otherPlugins = otherPlugins;
    this.recorded = recorded;
  }

  /**
   * Looks at a run and composes its recipe again.
   *
   * @param path the run's folder
   * @param changes to the recorded recipe, such as {@code train.steps}
   * @throws RunException if the folder is no run's, another training uses it, it has done all of
   *     its steps, or the plugins are not the ones that the run was made with
   * @throws org.gantry.recipes.text.RecipeException if a change does not fit the recipe
   */
  public static RunResumption open(
      Path path, Recipes recipes, ComponentRegistry components, List<Recipes.Change> changes) {
    return open(path, recipes, components, changes, false);
  }

  /**
   * The same with any plugins that there are.
   *
   * @param anyPlugins whether to go on with other plugins than the run was made with; they are then
   *     among the {@link #notes}, and in the run's history
   */
  public static RunResumption open(
      Path path,
      Recipes recipes,
      ComponentRegistry components,
      List<Recipes.Change> changes,
      boolean anyPlugins) {
    RunFolder folder = RunFolder.open(path);
    RunLock lock = RunLock.acquire(path);
    try {
      List<String> otherPlugins = folder.pluginDifferences(components);
      if (!otherPlugins.isEmpty() && !anyPlugins) {
        throw new RunException(
            "the run %s was made with other plugins than are installed: %s"
                .formatted(path, String.join("; ", otherPlugins)));
      }
      // What was installed is known to the last byte, better than by the recipe's versions.
      Recipes any = recipes.acceptingAnyVersion();
      CheckpointScan found = new CheckpointStore(folder.checkpoints(), 1).scan();
      RecipeAmendment amendment = RecipeAmendment.of(any, folder, found, changes);
      requireWork(folder, step(found), amendment);
      return new RunResumption(
          folder,
          lock,
          amendment.composed().withChanges(found.changes()),
          found,
          amendment,
          otherPlugins,
          RunRecords.engine(folder.environmentFile()));
    } catch (IOException e) {
      lock.close();
      throw new RunException("cannot continue the run " + path + ": " + ErrorText.of(e), e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static long step(CheckpointScan found) {
    return found.newest().map(Checkpoint::step).orElse(0L);
  }

  private static void requireWork(RunFolder folder, long step, RecipeAmendment amendment) {
    long steps = amendment.steps();
    if (step > steps) {
      throw new RunException(
          "the run "
              + folder.path()
              + " has done "
              + step
              + " steps already, more than "
              + steps
              + "; ask for more steps");
    }
    if (step == steps
        && (steps != amendment.recordedSteps()
            || folder.state().status() == RunState.RunStatus.DONE)) {
      throw new RunException(
          "the run "
              + folder.path()
              + " has done all of its "
              + steps
              + " steps; ask for more steps to continue it");
    }
  }

  /** The run's folder. */
  public RunFolder folder() {
    return folder;
  }

  /** What will be trained. */
  public ComposedRecipe composed() {
    return composed;
  }

  /** The steps that lie behind; the next is the first that is done. */
  public long step() {
    return step(found);
  }

  /** Where what will be trained differs from what was trained up to the checkpoint. */
  public List<RecipeDifference> differences() {
    return amendment.differences();
  }

  /** What a person should know before the run goes on, as sentences. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    found.damaged().forEach(damaged -> notes.add(damaged.note()));
    otherPlugins.forEach(clause -> notes.add("the plugin " + clause));
    if (found.newest().isEmpty()) {
      notes.add("there is no checkpoint to go on from, so the run begins again");
    }
    if (!amendment.unrepeatable().isEmpty()) {
      notes.add(
          "the recipe cannot say that %s changed after step %d; the run goes on with it, but its recipe, trained anew, has it from the first step on and does not repeat the run%s"
              .formatted(paths(amendment.unrepeatable()), step(), instead()));
    }
    if (differences().stream().anyMatch(d -> d.path().equals(ScheduledChange.STEPS))) {
      notes.add(
          "what changes over the course of a training, such as a rate that decays, does so over %d steps"
                  .formatted(composed.totalSteps())
              + (step() == 0 ? "" : " from step %d on".formatted(step())));
    }
    int cores = Runtime.getRuntime().availableProcessors();
    if (threads() > cores) {
      notes.add(
          "the run was made with "
              + threads()
              + " threads and this machine has "
              + (cores == 1 ? "1 core" : cores + " cores")
              + "; it keeps them, for another number would give other bits, and may be slow");
    }
    RunRecords.EngineInfo here = EngineThreads.engine(threads());
    if (!here.equals(new RunRecords.EngineInfo(recorded.name(), recorded.version(), threads()))) {
      notes.add(
          "the run was made with %s %s and goes on with %s %s, which may give other bits"
              .formatted(recorded.name(), recorded.version(), here.name(), here.version()));
    }
    return notes;
  }

  /** How what was asked for could be said, if it could. */
  private String instead() {
    return amendment.unrepeatable().stream().anyMatch(d -> d.path().startsWith("regularizers"))
        ? "; instead of all regularizers, change one by one: --set 'regularizers[+]=...',"
            + " --set regularizers.NAME.OPTION=... and 'gantry live' are repeated"
        : "";
  }

  private static String paths(List<RecipeDifference> differences) {
    return String.join(", ", differences.stream().map(RecipeDifference::path).toList());
  }

  private int threads() {
    return EngineThreads.forRecordedRun(composed.settings(), recorded);
  }

  /**
   * Trains on; like {@link TrainingRun#run}. Metrics, evaluations and pictures of later steps than
   * the checkpoint's are taken back first.
   *
   * @param stop asked after every step, from the thread that trains
   * @return the state at the end: done or interrupted
   * @throws RunException as {@link TrainingRun#run} does; and if the checkpoint does not fit a
   *     changed recipe, in which case the folder is as it was
   */
  public RunState run(TrainingRun.TrainingListener listener, BooleanSupplier stop) {
    ThreadCount.set(threads());
    found.damaged().forEach(d -> listener.checkpointSkipped(d.path(), d.reason()));
    Session session = restored();
    TrainingLoop loop;
    try {
      loop = new TrainingLoop(folder, composed, System::nanoTime, rewound());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    listener.resumed(step());
    return loop.run(
        () -> new SessionLearner(session, treated, composed.settings().seed()),
        threads(),
        listener,
        stop);
  }

  private Session restored() {
    Session session = Session.open(treated.graph());
    try {
      if (found.newest().isPresent()) {
        session.restore(found.newest().get().path());
      }
      return session;
    } catch (IOException e) {
      session.close();
      throw new RunException(
          "cannot continue the run " + folder.path() + ": " + ErrorText.of(e), e);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private StartPoint rewound() {
    try {
      double seconds = RunRewind.to(folder, found);
      int resumed = folder.state().resumeCount() + 1;
      try (JsonLines history = JsonLines.append(folder.history())) {
        history.add(
            RunRecords.resumed(
                Instant.now(),
                step(),
                amendment,
                otherPlugins,
                found.damaged(),
                EngineThreads.environment(threads())));
      }
      AtomicFiles.write(folder.lockFile(), JsonFiles.file(RunRecords.lock(composed)));
      AtomicFiles.write(folder.recipe(), composed.yaml().getBytes(StandardCharsets.UTF_8));
      RunState state =
          new RunState(
              RunState.RunStatus.RUNNING,
              step(),
              composed.totalSteps(),
              JsonFiles.seconds(seconds),
              "",
              resumed);
      AtomicFiles.write(folder.stateFile(), JsonFiles.file(RunRecords.state(state)));
      return new StartPoint(
          step(), seconds, resumed, RunRecords.created(folder.environmentFile()), found.health());
    } catch (IOException e) {
      throw new RunException(
          "cannot continue the run " + folder.path() + ": " + ErrorText.of(e), e);
    }
  }

  /** Leaves the run to others. */
  @Override
  public void close() {
    lock.close();
  }
}
