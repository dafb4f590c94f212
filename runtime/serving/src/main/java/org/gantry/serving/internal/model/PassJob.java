package org.gantry.serving.internal.model;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One computation of a request, which waits in a {@link PassQueue}. */
final class PassJob<T> {

  private final Supplier<T> work;
  private final Optional<PassRows> rows;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  /** Whether the queue computes it, or the request gave it up. */
  private final AtomicBoolean claimed = new AtomicBoolean();

  /**
   * Creates a job.
   *
   * @param work computes the result alone
   * @param rows the same work as rows, if it can share a pass with that of others
   */
  PassJob(Supplier<T> work, Optional<PassRows> rows) {
    this.work = work;
    this.rows = rows;
  }

  Optional<PassRows> rows() {
    return rows;
  }

  /** Takes the job to compute it; false if the request gave it up. */
  boolean claim() {
    return claimed.compareAndSet(false, true);
  }

  /** Computes the job alone. A failure is that of the request, and not of the thread. */
  void compute() {
    try {
      complete(work.get());
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  void complete(T value) {
    result.complete(value);
  }

  void fail(Throwable failure) {
    result.completeExceptionally(failure);
  }

  /**
   * Waits for the result. Once the computation has begun, the request waits for its end, because
   * the computation reads the arrays of the request.
   *
   * @throws OverloadException if the computation has not begun in time
   */
  T await(RequestDeadline deadline) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return await(deadline.nanos());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private T await(long nanos) throws InterruptedException {
    try {
      try {
        return result.get(nanos, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (claim()) {
          throw new OverloadException("other requests took all the time that this one may wait");
        }
        return result.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      } else if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("only unchecked exceptions are possible", e);
    }
  }
}
