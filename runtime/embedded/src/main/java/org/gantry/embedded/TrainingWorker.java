package org.gantry.embedded;

import java.util.List;

/**
 * This process as one worker of a training. It waits at an address until the program knows the
 * addresses of all workers.
 *
 * <pre>{@code
 * try (TrainingWorker worker = gantry.openWorker(settings)) {
 *   List<String> addresses = exchange(rank, worker.address());
 *   WorkerOutcome outcome = worker.train(addresses, rank, observer);
 * }
 * }</pre>
 */
public interface TrainingWorker extends AutoCloseable {

  /** Where the worker waits for the others, as {@code HOST:PORT}. */
  String address();

  /**
   * Connects the workers and trains in this thread, until the last step, until the observer of
   * worker 0 asks to stop, or until a worker fails. Worker 0 writes the folder of the run.
   *
   * @param addresses of all workers, by rank; the same list at each of them
   * @param rank the number of this worker, from 0
   * @param observer follows the training at this worker
   * @throws GantryException if this worker fails; the others then end, too
   */
  WorkerOutcome train(List<String> addresses, int rank, TrainingObserver observer);

  /** Ends the connection to the other workers. */
  @Override
  void close();
}
