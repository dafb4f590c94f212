package org.gantry.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.gantry.components.Components;
import org.gantry.recipes.Composed;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.Scheduled;
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
  private final List<Difference> differences;
  private final List<String> otherPlugins;
  private final Records.Engine recorded;

  private Resumption(
      RunFolder folder,
      RunLock lock,
      Composed composed,
      Composed treated,
      Found found,
      List<Difference> differences,
      List<String> otherPlugins,
      Records.Engine recorded) {
    this.folder = folder;
    this.lock = lock;
    this.composed = composed;
    this.treated = treated;
    this.found = found;
    this.differences = differences;
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
      String recipe = folder.recipe().toString();
      Composed asked = any.compose(recipe, changes);
      Found found = new Checkpoints(folder.checkpoints(), asked.settings().keep()).newest();
      List<Recipes.Change> others =
          changes.stream().filter(c -> !c.path().equals(Scheduled.STEPS)).toList();
      boolean stepsAsked = others.size() < changes.size();
      Composed recorded = stepsAsked ? any.compose(recipe, others) : asked;
      long steps = stepsAsked ? asked.settings().steps() : recorded.steps();
      requireWork(folder, step(found), steps);
      Composed composed = recorded;
      if (steps != recorded.steps()) {
        composed =
            step(found) == 0
                ? asked
                : any.compose(recipe, prolonged(others, recorded, steps, found));
      }
      return new Resumption(
          folder,
          lock,
          composed,
          composed.changed(found.changes()),
          found,
          differences(Files.readString(folder.recipe()), recorded, steps),
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

  /**
   * Changes the number of steps from the checkpoint on. Schedules that stretch over the training
   * have come as far as they had with the old number, so that one is kept for what lies behind, and
   * the whole can be repeated.
   */
  private static List<Recipes.Change> prolonged(
      List<Recipes.Change> others, Composed recorded, long steps, Found found) throws IOException {
    List<Scheduled> schedule = new ArrayList<>(recorded.schedule());
    int made = Math.min(found.health().made(), schedule.size());
    schedule.subList(made, schedule.size()).removeIf(s -> s.steps().isPresent());
    schedule.add(made, Scheduled.steps(step(found), steps));
    List<Recipes.Change> changes = new ArrayList<>(others);
    changes.add(Scheduled.all(schedule));
    return changes;
  }

  private static List<Difference> differences(String recipe, Composed recorded, long steps) {
    List<Difference> differences = new ArrayList<>(Difference.between(recipe, recorded.yaml()));
    if (steps != recorded.steps()) {
      differences.add(
          new Difference(
              Scheduled.STEPS,
              Optional.of(Long.toString(recorded.steps())),
              Optional.of(Long.toString(steps))));
    }
    return differences;
  }

  private static long step(Found found) {
    return found.newest().map(Checkpoint::step).orElse(0L);
  }

  private static void requireWork(RunFolder folder, long step, long steps) {
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
    if (step == steps && folder.state().status() == RunState.Status.DONE) {
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

  /** Where the recipe differs from the one that the run was made with, or last continued with. */
  public List<Difference> differences() {
    return differences;
  }

  /** What a person should know before the run goes on, as sentences. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    found.damaged().forEach(damaged -> notes.add(damaged.note()));
    otherPlugins.forEach(clause -> notes.add("the plugin " + clause));
    if (found.newest().isEmpty()) {
      notes.add("there is no checkpoint to go on from, so the run begins again");
    }
    if (differences.stream().anyMatch(d -> d.path().equals(Scheduled.STEPS))) {
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
                composed.steps(),
                differences,
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
