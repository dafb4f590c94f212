package org.gantry.runs.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.gantry.recipes.Composed;
import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.Settings;
import org.gantry.runs.Curve;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.Status;
import org.gantry.runs.Training.Listener;

/**
 * The loop of one training. Around each step: what changes before it ({@link ChangesUnderWay}),
 * what is done about trouble after it ({@link Remedies}), and what is written of it ({@link
 * Reports}, {@link Keeping}).
 */
public final class Loop {

  private final Settings settings;
  private final Standing standing;
  private final Keeping keeping;
  private final Remedies remedies;
  private final ChangesUnderWay changes;
  private boolean opened;
  private long memory;

  /**
   * Creates a loop.
   *
   * @param base the recipe, without what remedies changed
   * @param nanoTime the clock; one that no clock change moves
   * @param start where the learner stands
   */
  public Loop(RunFolder folder, Composed base, LongSupplier nanoTime, Start start) {
    this(new Standing(folder, base.settings(), Optional.of(base), nanoTime, start));
  }

  /**
   * Creates a loop without watchdogs.
   *
   * @param settings how many steps, and what to write how often
   */
  Loop(RunFolder folder, Settings settings, LongSupplier nanoTime, Start start) {
    this(new Standing(folder, settings, Optional.empty(), nanoTime, start));
  }

  private Loop(Standing standing) {
    this.standing = standing;
    settings = standing.settings();
    keeping = new Keeping(standing);
    remedies = new Remedies(standing, keeping);
    changes = new ChangesUnderWay(standing, keeping, Requests.of(standing.folder().path()));
  }

  /**
   * Trains to the end; see {@link org.gantry.runs.Training#run}.
   *
   * @param opening makes the learner, which the loop closes
   * @param threads told to the listener
   */
  public RunState run(
      Supplier<Learner> opening, int threads, Listener listener, BooleanSupplier stop) {
    try (Learner learner = opening.get();
        Reports reports = new Reports(standing)) {
      opened = true;
      memory = OutOfMemory.resident();
      changes.begin();
      listener.started(standing.steps(), threads);
      String ending = train(new Course(learner, reports, listener), stop);
      if (!ending.isEmpty()) {
        throw new RunException(ending);
      }
      boolean done = standing.step() >= standing.steps();
      RunState state = keeping.state(done ? Status.DONE : Status.INTERRUPTED, "");
      listener.finished(state);
      return state;
    } catch (RunException e) {
      throw keeping.failed(e);
    } catch (RuntimeException e) {
      throw keeping.failed(new RunException(sentence(e), e));
    } catch (OutOfMemoryError e) {
      String heap = OutOfMemory.ofHeap(standing.place(), Runtime.getRuntime().maxMemory());
      throw keeping.failed(new RunException(outOfMemory(e).orElse(heap), e));
    } catch (Error e) {
      keeping.failed(new RunException("the training failed " + standing.place() + ": " + e, e));
      throw e;
    }
  }

  /** Trains until it is done, is to stop, or ends for a reason, which is returned. */
  private String train(Course course, BooleanSupplier stop) {
    Learner learner = course.learner();
    Listener listener = course.listener();
    // A training may have been killed after its last checkpoint and before it could say so.
    boolean last = standing.step() >= standing.steps();
    String ending = "";
    while (!last) {
      Map<String, Double> values;
      try {
        changes.make(course);
        values = learner.step(measured());
      } catch (Learner.BrokenStep e) {
        remedies.recover(e, course);
        continue;
      }
      keeping.count(values);
      standing.advance();
      Remedies.Outlook outlook = remedies.look(values, course);
      if (outlook.wentBack()) {
        continue;
      }
      ending = outlook.ending();
      last = stop.getAsBoolean() || standing.step() >= standing.steps() || !ending.isEmpty();
      if (last || standing.step() == 1 || standing.due(settings.logEvery())) {
        course.reports().add(recorded(values, learner));
      }
      listener.step(standing.step(), standing.steps(), standing.seconds(), values);
      if (last || standing.due(settings.sampleEvery())) {
        listener.sampled(keeping.picture(learner));
      }
      if (last || standing.due(settings.checkpointEvery())) {
        course.reports().sync();
        listener.checkpointed(keeping.checkpoint(learner));
        keeping.state(Status.RUNNING, "");
      }
    }
    return ending;
  }

  /** Whether the gradients of the next step are wanted, for watchdogs or for the metrics. */
  private boolean measured() {
    long next = standing.step() + 1;
    return next == 1
        || next % Remedies.MEASURE_EVERY == 0
        || next % settings.logEvery() == 0
        || next == standing.steps();
  }

  /** The values of a step with the norms of the players' gradients. */
  private static Map<String, Double> recorded(Map<String, Double> values, Learner learner) {
    Map<String, Double> all = new LinkedHashMap<>(values);
    learner.gradients().forEach((player, norm) -> all.putIfAbsent(player + Curve.GRADIENT, norm));
    return all;
  }

  private String sentence(RuntimeException failure) {
    Optional<String> outOfMemory = outOfMemory(failure);
    if (outOfMemory.isPresent()) {
      return outOfMemory.get();
    }
    String said = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return "the training failed " + standing.place() + ": " + said;
  }

  private Optional<String> outOfMemory(Throwable failure) {
    OptionalLong requested = OutOfMemory.requested(failure);
    return requested.isPresent() && opened
        ? Optional.of(
            OutOfMemory.message(
                standing.place(),
                settings.batch(),
                requested.getAsLong(),
                OutOfMemory.resident() - memory,
                OutOfMemory.available()))
        : Optional.empty();
  }
}
