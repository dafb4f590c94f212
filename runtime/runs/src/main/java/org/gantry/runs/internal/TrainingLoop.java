package org.gantry.runs.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.TrainSettings;
import org.gantry.runs.MetricCurve;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingRun.TrainingListener;

/**
 * The loop of one training. Around each step: what changes before it ({@link LiveChanges}), what is
 * done about trouble after it ({@link Remedies}), and what is written of it ({@link MetricSinks},
 * {@link RunWriter}).
 */
public final class TrainingLoop {

  private final TrainSettings settings;
  private final TrainingState standing;
  private final RunWriter keeping;
  private final Remedies remedies;
  private final LiveChanges changes;
  private boolean opened;
  private long memory;

  /**
   * Creates a loop.
   *
   * @param base the recipe, without what remedies changed
   * @param nanoTime the clock; one that no clock change moves
   * @param start where the learner stands
   */
  public TrainingLoop(
      RunFolder folder, ComposedRecipe base, LongSupplier nanoTime, StartPoint start) {
    this(new TrainingState(folder, base.settings(), Optional.of(base), nanoTime, start));
  }

  /**
   * Creates a loop without watchdogs.
   *
   * @param settings how many steps, and what to write how often
   */
  TrainingLoop(RunFolder folder, TrainSettings settings, LongSupplier nanoTime, StartPoint start) {
    this(new TrainingState(folder, settings, Optional.empty(), nanoTime, start));
  }

  private TrainingLoop(TrainingState standing) {
    this.standing = standing;
    settings = standing.settings();
    keeping = new RunWriter(standing);
    remedies = new Remedies(standing, keeping);
    changes = new LiveChanges(standing, keeping, LiveRequests.of(standing.folder().path()));
  }

  /**
   * Trains to the end; see {@link org.gantry.runs.TrainingRun#run}.
   *
   * @param opening makes the learner, which the loop closes
   * @param threads told to the listener
   */
  public RunState run(
      Supplier<Learner> opening, int threads, TrainingListener listener, BooleanSupplier stop) {
    try (Learner learner = opening.get();
        MetricSinks reports = new MetricSinks(standing)) {
      opened = true;
      memory = OutOfMemory.residentBytes();
      changes.discardStale();
      listener.started(standing.steps(), threads);
      String ending = train(new LoopContext(learner, reports, listener), stop);
      if (!ending.isEmpty()) {
        throw new RunException(ending);
      }
      boolean done = standing.step() >= standing.steps();
      RunState state = keeping.writeState(done ? RunStatus.DONE : RunStatus.INTERRUPTED, "");
      listener.finished(state);
      return state;
    } catch (RunException e) {
      throw keeping.recordFailure(e);
    } catch (RuntimeException e) {
      throw keeping.recordFailure(new RunException(sentence(e), e));
    } catch (OutOfMemoryError e) {
      String heap =
          OutOfMemory.heapMessage(standing.positionText(), Runtime.getRuntime().maxMemory());
      throw keeping.recordFailure(new RunException(outOfMemory(e).orElse(heap), e));
    } catch (Error e) {
      keeping.recordFailure(
          new RunException("the training failed " + standing.positionText() + ": " + e, e));
      throw e;
    }
  }

  /** Trains until it is done, is to stop, or ends for a reason, which is returned. */
  private String train(LoopContext course, BooleanSupplier stop) {
    Learner learner = course.learner();
    TrainingListener listener = course.listener();
    // A training may have been killed after its last checkpoint and before it could say so.
    boolean last = standing.step() >= standing.steps();
    String ending = "";
    while (!last) {
      Map<String, Double> values;
      try {
        changes.apply(course);
        values = learner.step(measured());
      } catch (Learner.DivergenceException e) {
        remedies.recover(e, course);
        continue;
      }
      keeping.count(values);
      standing.advance();
      Remedies.StepOutcome outlook = remedies.applyAfterStep(values, course);
      if (outlook.rolledBack()) {
        continue;
      }
      ending = outlook.ending();
      last = stop.getAsBoolean() || standing.step() >= standing.steps() || !ending.isEmpty();
      if (last || standing.step() == 1 || standing.isDue(settings.logEvery())) {
        course.reports().add(recorded(values, learner));
      }
      listener.stepDone(standing.step(), standing.steps(), standing.seconds(), values);
      if (last || standing.isDue(settings.sampleEvery())) {
        listener.pictureWritten(keeping.writePicture(learner));
      }
      if (last || standing.isDue(settings.checkpointEvery())) {
        course.reports().sync();
        listener.checkpointWritten(keeping.writeCheckpoint(learner));
        keeping.writeState(RunStatus.RUNNING, "");
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
    learner
        .gradients()
        .forEach((player, norm) -> all.putIfAbsent(player + MetricCurve.GRADIENT_NORM, norm));
    return all;
  }

  private String sentence(RuntimeException failure) {
    Optional<String> outOfMemory = outOfMemory(failure);
    if (outOfMemory.isPresent()) {
      return outOfMemory.get();
    }
    String said = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return "the training failed " + standing.positionText() + ": " + said;
  }

  private Optional<String> outOfMemory(Throwable failure) {
    OptionalLong requested = OutOfMemory.requestedBytes(failure);
    return requested.isPresent() && opened
        ? Optional.of(
            OutOfMemory.engineMessage(
                standing.positionText(),
                settings.batch(),
                requested.getAsLong(),
                OutOfMemory.residentBytes() - memory,
                OutOfMemory.availableBytes()))
        : Optional.empty();
  }
}
