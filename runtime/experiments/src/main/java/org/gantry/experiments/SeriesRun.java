package org.gantry.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.gantry.components.ComponentRegistry;
import org.gantry.experiments.TrialSeries.ExperimentTrial;
import org.gantry.experiments.TrialSeries.SeriesListener;
import org.gantry.recipes.Recipes;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.TrainingListener;

/**
 * Runs the trainings of a series, several side by side. The calling thread trains, too. The first
 * failure that is not a failed training interrupts all trainings.
 */
final class SeriesRun {

  private final TrialSeries series;
  private final Recipes recipes;
  private final ComponentRegistry components;
  private final SeriesListener listener;
  private final BooleanSupplier stop;
  private final UnmeasuredMetrics unmeasured;
  private final ReentrantLock evaluating = new ReentrantLock();

  /** The trainings that have not begun, in order. */
  private final List<ExperimentTrial> waiting = new ArrayList<>();

  private final List<ExperimentTrial> running = new ArrayList<>();
  private final Map<ExperimentTrial, TrialOutcome> outcomes = new LinkedHashMap<>();
  private volatile Throwable failure;

  SeriesRun(
      TrialSeries series,
      Recipes recipes,
      ComponentRegistry components,
      SeriesListener listener,
      BooleanSupplier stop) {
    this.series = series;
    this.recipes = recipes;
    this.components = components;
    this.listener = listener;
    this.stop = stop;
    this.unmeasured = new UnmeasuredMetrics(series.experiment());
  }

  /** Runs what is not finished, and returns all outcomes in the order of the series. */
  List<TrialOutcome> run(int parallel) {
    for (ExperimentTrial trial : series.trials()) {
      series.requireSame(trial, recipes);
      Optional<TrialOutcome> known = series.findOutcome(trial);
      if (known.isPresent()) {
        outcomes.put(trial, known.get());
        checkMetrics(trial);
      } else {
        waiting.add(trial);
      }
    }
    for (ExperimentTrial trial : waiting) {
      series
          .source(trial)
          .filter(source -> !waiting.contains(source))
          .ifPresent(source -> series.requireTrained(trial, source));
    }
    List<Thread> others = new ArrayList<>();
    for (int i = 2; i <= Math.min(parallel, waiting.size()); i++) {
      others.add(new Thread(this::trainAll, "training " + i));
    }
    others.forEach(Thread::start);
    trainAll();
    others.forEach(this::await);
    rethrow();
    return ordered();
  }

  /** Waits for another thread, which ends after its current step if this one is interrupted. */
  private void await(Thread other) {
    try {
      other.join();
    } catch (InterruptedException e) {
      fail(new RunException("interrupted while trainings run", e));
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() {
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void trainAll() {
    try {
      for (Optional<ExperimentTrial> next = next(); next.isPresent(); next = next()) {
        train(next.get());
      }
    } catch (RuntimeException | Error e) {
      // The thread that called run() throws it.
      fail(e);
    }
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  private boolean isStopped() {
    return failure != null || stop.getAsBoolean();
  }

  /** Takes the next training; waits while all that are left take weights of running ones. */
  private synchronized Optional<ExperimentTrial> next() {
    while (!waiting.isEmpty() && !isStopped()) {
      for (ExperimentTrial trial : waiting) {
        if (isReady(trial)) {
          waiting.remove(trial);
          running.add(trial);
          return Optional.of(trial);
        }
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunException("interrupted while trainings run", e);
      }
    }
    return Optional.empty();
  }

  private boolean isReady(ExperimentTrial trial) {
    return series
        .source(trial)
        .filter(source -> waiting.contains(source) || running.contains(source))
        .isEmpty();
  }

  private void train(ExperimentTrial trial) {
    try {
      TrainingListener follower = started(trial);
      Optional<TrialOutcome> outcome =
          series.train(trial, recipes, components, follower, this::evaluate, this::isStopped);
      outcome.ifPresent(result -> finished(trial, result));
    } finally {
      ended(trial);
    }
  }

  /** Runs an evaluation alone. What is not evaluated because of a stop is evaluated next time. */
  private void evaluate(Runnable evaluation) {
    evaluating.lock();
    try {
      if (!isStopped()) {
        evaluation.run();
      }
    } finally {
      evaluating.unlock();
    }
  }

  private synchronized TrainingListener started(ExperimentTrial trial) {
    return listener.trialStarted(trial, series.run(trial), series.trials().indexOf(trial) + 1);
  }

  private synchronized void finished(ExperimentTrial trial, TrialOutcome outcome) {
    outcomes.put(trial, outcome);
    listener.trialFinished(outcome, ordered());
    checkMetrics(trial);
  }

  private synchronized void ended(ExperimentTrial trial) {
    running.remove(trial);
    notifyAll();
  }

  private void checkMetrics(ExperimentTrial trial) {
    unmeasured.addTrial(
        trial, RunFolder.open(series.run(trial)), series.runOf(trial).earlierFigures().keySet());
  }

  private List<TrialOutcome> ordered() {
    return series.trials().stream().map(outcomes::get).filter(Objects::nonNull).toList();
  }
}
