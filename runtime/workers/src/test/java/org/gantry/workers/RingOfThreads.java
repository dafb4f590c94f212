package org.gantry.workers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Connects threads of one process in a ring. */
final class RingOfThreads {

  static final String LOOPBACK = "127.0.0.1";

  private RingOfThreads() {}

  /** Runs a task as each worker of a ring; returns the results by rank. */
  static <T> List<T> run(int size, WaitLimits limits, Function<WorkerRing, T> task) {
    WorkerSecret secret = WorkerSecret.create();
    List<WorkerEndpoint> endpoints = IntStream.range(0, size).mapToObj(i -> open()).toList();
    List<String> addresses = endpoints.stream().map(WorkerEndpoint::address).toList();
    return parallel(
        size,
        rank -> {
          try (WorkerRing ring =
              endpoints.get(rank).join(addresses, rank, WorkerSecret.of(secret.text()), limits)) {
            return task.apply(ring);
          }
        });
  }

  static WorkerEndpoint open() {
    try {
      return WorkerEndpoint.open(LOOPBACK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a task in as many threads at the same time; returns the results by number. */
  static <T> List<T> parallel(int count, IntFunction<T> task) {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<T>> running =
          IntStream.range(0, count)
              .mapToObj(number -> threads.submit(() -> task.apply(number)))
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
