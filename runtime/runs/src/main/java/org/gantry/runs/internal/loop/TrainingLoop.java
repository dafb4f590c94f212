package org.gantry.runs.internal.loop;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.TrainSettings;
import org.gantry.runs.RunException;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.internal.loop.Learner.DivergenceException;
import org.gantry.runs.internal.loop.Remedies.StepOutcome;
import org.gantry.runs.internal.store.LiveRequests;

/**
 * The training loop. Each iteration applies live changes, performs a step, runs the watchdogs with
 * their remedies, and notifies the listeners that write metrics, pictures and checkpoints.
 */
public final class TrainingLoop {

  private final TrainingState state;
  private final TrainSettings settings;
  private final RunWriter writer;
  private final StepListener artefacts;
  private final TrainingListener listener;
  private boolean opened;
  private long memory;

  /**
   * Creates a loop.
   *
   * @param artefacts notified after every step
   */
  public TrainingLoop(
      TrainingState state, RunWriter writer, StepListener artefacts, TrainingListener listener) {
    this.state = state;
    this.settings = state.settings();
    this.writer = writer;
    this.artefacts = artefacts;
    this.listener = listener;
  }

  /**
   * Trains to the end; see {@link org.gantry.runs.training.TrainingRun#run}.
   *
   * @param open initialises or resumes the learner, which the loop closes
   * @param threads the number of threads of the engine, for the listener
   */
  public RunState run(Supplier<Learner> open, int threads, BooleanSupplier stop) {
    try (Learner learner = open.get();
        StepListener closing = artefacts) {
      closing.begin();
      opened = true;
      memory = OutOfMemory.residentBytes();
      LiveChanges changes =
          new LiveChanges(state, writer, learner, LiveRequests.of(state.folder().path()), listener);
      Remedies remedies = new Remedies(state, writer, learner, artefacts, listener);
      changes.discardStale();
      listener.started(state.steps(), threads);
      String stopReason = train(learner, changes, remedies, stop);
      if (!stopReason.isEmpty()) {
        throw new RunException(stopReason);
      }
      boolean done = state.isDone() || state.earlyStop().isPresent();
      RunState end =
          writer.writeState(
              done ? RunStatus.DONE : RunStatus.INTERRUPTED, state.earlyStop().orElse(""));
      listener.finished(end);
      return end;
    } catch (RunException e) {
      throw writer.recordFailure(e);
    } catch (RuntimeException e) {
      throw writer.recordFailure(new RunException(message(e), e));
    } catch (OutOfMemoryError e) {
      String heap = OutOfMemory.heapMessage(state.positionText(), Runtime.getRuntime().maxMemory());
      throw writer.recordFailure(new RunException(outOfMemory(e).orElse(heap), e));
    } catch (Error e) {
      writer.recordFailure(
          new RunException("the training failed " + state.positionText() + ": " + e, e));
      throw e;
    }
  }

  /**
   * Trains until the last step, a request to stop, an early stop, or a remedy that stops; returns
   * the remedy's reason.
   */
  private String train(
      Learner learner, LiveChanges changes, Remedies remedies, BooleanSupplier stop) {
    // A run may have been killed between its last checkpoint and its last state.
    boolean last = state.isDone() || state.earlyStop().isPresent();
    TrainingEvaluations evaluations = new TrainingEvaluations(state, listener);
    String stopReason = "";
    while (!last) {
      Map<String, Double> values;
      try {
        changes.apply();
        values = learner.step(needsGradients());
      } catch (DivergenceException e) {
        remedies.recover(e);
        continue;
      }
      state.advance(values);
      StepOutcome outcome = remedies.apply(state.watchdogs().inspect(state, learner, values));
      if (outcome.rolledBack()) {
        continue;
      }
      evaluations.evaluateIfDue(learner, values);
      stopReason = outcome.stopReason();
      last =
          (learner.isAligned() && stop.getAsBoolean())
              || state.isDone()
              || state.earlyStop().isPresent()
              || !stopReason.isEmpty();
      artefacts.stepDone(learner, values, last);
    }
    return stopReason;
  }

  /** Whether watchdogs or metrics need the gradient norms of the next step. */
  private boolean needsGradients() {
    long next = state.step() + 1;
    return next == 1
        || next % WatchdogRunner.MEASURE_EVERY == 0
        || next % settings.logEvery() == 0
        || next == state.steps();
  }

  private String message(RuntimeException failure) {
    String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return outOfMemory(failure)
        .orElse("the training failed " + state.positionText() + ": " + reason);
  }

  private Optional<String> outOfMemory(Throwable failure) {
    OptionalLong requested = OutOfMemory.requestedBytes(failure);
    return requested.isPresent() && opened
        ? Optional.of(
            OutOfMemory.engineMessage(
                state.positionText(),
                settings.batch(),
                requested.getAsLong(),
                OutOfMemory.residentBytes() - memory,
                OutOfMemory.availableBytes()))
        : Optional.empty();
  }
}
