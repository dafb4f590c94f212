package org.gantry.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.gantry.components.Components;
import org.gantry.recipes.Composed;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.Scheduled;
import org.gantry.runs.internal.Amendment;
import org.gantry.runs.internal.Checkpoints;
import org.gantry.runs.internal.Checkpoints.Checkpoint;
import org.gantry.runs.internal.Checkpoints.Found;
import org.gantry.runs.internal.Durable;
import org.gantry.runs.internal.EngineThreads;
import org.gantry.runs.internal.Json;
import org.gantry.runs.internal.Lines;
import org.gantry.runs.internal.Loop;
import org.gantry.runs.internal.Reason;
import org.gantry.runs.internal.Records;
import org.gantry.runs.internal.Rewind;
import org.gantry.runs.internal.RunLock;
import org.gantry.runs.internal.SessionLearner;
import org.gantry.runs.internal.Start;
import org.gantry.tensor.Threads;
import org.gantry.training.Session;

/**
 * A run that is about to be continued: interrupted, failed, killed, or done and given more steps.
 * It goes on from its latest whole checkpoint to the same bits as if it had never stopped, or
 * begins again if it has none. Until {@link #run} is called nothing is changed; the folder is
 * locked from the start, so that what was shown to a person is what then happens.
 */
public final class Resumption implements AutoCloseable {

  private final RunFolder folder;
  private final RunLock lock;
  private final Composed composed;
  private final Composed treated;
  private final Found found;
  private final Amendment amendment;
  private final List<String> otherPlugins;
  private final Records.Engine recorded;

  private Resumption(
      RunFolder folder,
      RunLock lock,
      Composed treated,
      Found found,
      Amendment amendment,
      List<String> otherPlugins,
      Records.Engine recorded) {
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
   * @throws org.gantry.recipes.RecipeException if a change does not fit the recipe
   */
  public static Resumption open(
      Path path, Recipes recipes, Components components, List<Recipes.Change> changes) {
    return open(path, recipes, components, changes, false);
  }

  /**
   * The same with any plugins that there are.
   *
   * @param anyPlugins whether to go on with other plugins than the run was made with; they are then
   *     among the {@link #notes}, and in the run's history
   */
  public static Resumption open(
      Path path,
      Recipes recipes,
      Components components,
      List<Recipes.Change> changes,
      boolean anyPlugins) {
    RunFolder folder = RunFolder.open(path);
    RunLock lock = RunLock.acquire(path);
    try {
      List<String> otherPlugins = folder.otherPlugins(components);
      if (!otherPlugins.isEmpty() && !anyPlugins) {
        throw new RunException(
            "the run %s was made with other plugins than are installed: %s"
                .formatted(path, String.join("; ", otherPlugins)));
      }
      // What was installed is known to the last byte, better than by the recipe's versions.
      Recipes any = recipes.ofAnyVersion();
      Found found = new Checkpoints(folder.checkpoints(), 1).newest();
      Amendment amendment = Amendment.of(any, folder, found, changes);
      requireWork(folder, step(found), amendment);
      return new Resumption(
          folder,
          lock,
          amendment.composed().changed(found.changes()),
          found,
          amendment,
          otherPlugins,
          Records.engine(folder.environmentFile()));
    } catch (IOException e) {
      lock.close();
      throw new RunException("cannot continue the run " + path + ": " + Reason.of(e), e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static long step(Found found) {
    return found.newest().map(Checkpoint::step).orElse(0L);
  }

  private static void requireWork(RunFolder folder, long step, Amendment amendment) {
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
            || folder.state().status() == RunState.Status.DONE)) {
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
  public Composed composed() {
    return composed;
  }

  /** The steps that lie behind; the next is the first that is done. */
  public long step() {
    return step(found);
  }

  /** Where what will be trained differs from what was trained up to the checkpoint. */
  public List<Difference> differences() {
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
    if (differences().stream().anyMatch(d -> d.path().equals(Scheduled.STEPS))) {
      notes.add(
          "what changes over the course of a training, such as a rate that decays, does so over %d steps"
                  .formatted(composed.steps())
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
    Records.Engine here = EngineThreads.engine(threads());
    if (!here.equals(new Records.Engine(recorded.name(), recorded.version(), threads()))) {
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

  private static String paths(List<Difference> differences) {
    return String.join(", ", differences.stream().map(Difference::path).toList());
  }

  private int threads() {
    return EngineThreads.of(composed.settings(), recorded);
  }

  /**
   * Trains on; like {@link Training#run}. Metrics, evaluations and pictures of later steps than the
   * checkpoint's are taken back first.
   *
   * @param stop asked after every step, from the thread that trains
   * @return the state at the end: done or interrupted
   * @throws RunException as {@link Training#run} does; and if the checkpoint does not fit a changed
   *     recipe, in which case the folder is as it was
   */
  public RunState run(Training.Listener listener, BooleanSupplier stop) {
    Threads.use(threads());
    found.damaged().forEach(d -> listener.skipped(d.path(), d.reason()));
    Session session = restored();
    Loop loop;
    try {
      loop = new Loop(folder, composed, System::nanoTime, rewound());
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
      throw new RunException("cannot continue the run " + folder.path() + ": " + Reason.of(e), e);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private Start rewound() {
    try {
      double seconds = Rewind.to(folder, found);
      int resumed = folder.state().resumed() + 1;
      try (Lines history = Lines.append(folder.history())) {
        history.add(
            Records.resumed(
                Instant.now(),
                step(),
                amendment,
                otherPlugins,
                found.damaged(),
                EngineThreads.environment(threads())));
      }
      Durable.write(folder.lockFile(), Json.file(Records.lock(composed)));
      Durable.write(folder.recipe(), composed.yaml().getBytes(StandardCharsets.UTF_8));
      RunState state =
          new RunState(
              RunState.Status.RUNNING,
              step(),
              composed.steps(),
              Json.seconds(seconds),
              "",
              resumed);
      Durable.write(folder.stateFile(), Json.file(Records.state(state)));
      return new Start(
          step(), seconds, resumed, Records.created(folder.environmentFile()), found.health());
    } catch (IOException e) {
      throw new RunException("cannot continue the run " + folder.path() + ": " + Reason.of(e), e);
    }
  }

  /** Leaves the run to others. */
  @Override
  public void close() {
    lock.close();
  }
}
