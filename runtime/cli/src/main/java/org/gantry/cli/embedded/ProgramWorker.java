package org.gantry.cli.embedded;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.gantry.cli.services.CommandServices;
import org.gantry.cli.workers.StrategyNames;
import org.gantry.embedded.GantryException;
import org.gantry.embedded.TrainingObserver;
import org.gantry.embedded.TrainingWorker;
import org.gantry.embedded.WorkerOutcome;
import org.gantry.embedded.WorkerOutcome.WorkerEnd;
import org.gantry.embedded.WorkerSettings;
import org.gantry.host.support.ErrorText;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.training.WorkerTraining;
import org.gantry.training.WorkerException;
import org.gantry.training.WorkerPlan;
import org.gantry.training.WorkerStrategy;
import org.gantry.workers.WaitLimits;
import org.gantry.workers.WorkerEndpoint;
import org.gantry.workers.WorkerRing;
import org.gantry.workers.WorkerSecret;

/** A program as one worker of a training. */
final class ProgramWorker implements TrainingWorker {

  private final WorkerTraining training;
  private final WorkerSettings settings;
  private final WorkerStrategy strategy;
  private final WorkerEndpoint endpoint;

  private ProgramWorker(
      WorkerTraining training,
      WorkerSettings settings,
      WorkerStrategy strategy,
      WorkerEndpoint endpoint) {
    this.training = training;
    this.settings = settings;
    this.strategy = strategy;
    this.endpoint = endpoint;
  }

  /** Checks that this process can train the run, and opens a socket. */
  static TrainingWorker open(CommandServices services, WorkerSettings settings) {
    WorkerTraining training =
        new WorkerTraining(
            RunFolder.open(settings.run()), services.recipes(), services.components());
    training.requireSamePlugins();
    WorkerStrategy strategy = strategy(settings.strategy());
    try {
      WorkerEndpoint endpoint = WorkerEndpoint.open(settings.host());
      return new ProgramWorker(training, settings, strategy, endpoint);
    } catch (IOException e) {
      throw new RunException(
          "a worker cannot wait at %s: %s".formatted(settings.host(), ErrorText.of(e)), e);
    }
  }

  private static WorkerStrategy strategy(String name) {
    return StrategyNames.find(name)
        .orElseThrow(
            () ->
                new GantryException(
                    "no strategy is called " + name,
                    "Use one of " + String.join(", ", StrategyNames.all()) + ".",
                    null));
  }

  @Override
  public String address() {
    return endpoint.address();
  }

  @Override
  public WorkerOutcome train(List<String> addresses, int rank, TrainingObserver observer) {
    ProgramObserver calls = ProgramObserver.of(observer);
    return EmbeddedCalls.call(() -> connectAndTrain(addresses, rank, calls));
  }

  private WorkerOutcome connectAndTrain(List<String> addresses, int rank, ProgramObserver calls) {
    WaitLimits limits =
        new WaitLimits(
            WaitLimits.usual(settings.notices()).notice(), settings.limit(), settings.notices());
    WorkerRing ring;
    try {
      ring = endpoint.join(addresses, rank, WorkerSecret.of(settings.secret()), limits);
    } catch (WorkerException e) {
      return new WorkerOutcome(WorkerEnd.WORKER_LOST, 0, 0, e.getMessage());
    }
    try (ring) {
      return train(ring, calls);
    }
  }

  /** Trains in the ring; the other workers get the reason if this one fails. */
  private WorkerOutcome train(WorkerRing ring, ProgramObserver calls) {
    try {
      WorkerPlan plan = new WorkerPlan(ring, strategy, settings.interval());
      TrainingListener listener = calls.view(training.folder().name());
      BooleanSupplier stop = calls.console().interrupted();
      return outcome(training.run(plan, listener, stop));
    } catch (RuntimeException | Error e) {
      Optional<WorkerException> other = other(e);
      if (other.isEmpty()) {
        ring.close("worker %d: %s".formatted(ring.rank(), ErrorText.of(e)));
        throw e;
      }
      WorkerEnd end = other.get().isAnnounced() ? WorkerEnd.ENDED_BY_OTHER : WorkerEnd.WORKER_LOST;
      return new WorkerOutcome(end, 0, 0, other.get().getMessage());
    }
  }

  private static WorkerOutcome outcome(RunState state) {
    WorkerEnd end =
        state.status() == RunStatus.INTERRUPTED ? WorkerEnd.INTERRUPTED : WorkerEnd.DONE;
    return new WorkerOutcome(end, state.step(), state.steps(), state.reason());
  }

  /** What happened at another worker, if that is why this one failed. */
  private static Optional<WorkerException> other(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(WorkerException.class::isInstance)
        .map(WorkerException.class::cast)
        .findFirst();
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
