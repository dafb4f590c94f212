package org.gantry.serving.internal.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.gantry.tensor.Autograd;

/**
 * The thread that computes with the networks of one model. The requests of other threads wait here
 * in their order. While one pass is computed, others gather, and those that can be joined share the
 * next pass. An idle thread begins at once, so nothing waits for company.
 */
final class PassQueue implements AutoCloseable {

  private static final double NANOSECONDS = 1e9;

  private final int most;
  private final PassListener listener;
  private final Deque<PassJob<?>> waiting = new ArrayDeque<>();
  private final Thread thread;
  private boolean closed;

  /**
   * Starts the thread.
   *
   * @param name the name of the model
   * @param most the most rows of requests that share a pass
   */
  PassQueue(String name, int most, PassListener listener) {
    this.most = most;
    this.listener = listener;
    thread = new Thread(this::work, "serving " + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether the caller is this queue's thread. */
  boolean isOwnThread() {
    return Thread.currentThread() == thread;
  }

  /** Returns the number of computations that wait. */
  synchronized int length() {
    return waiting.size();
  }

  /**
   * Computes something while no pass is computed.
   *
   * @throws OverloadException if its turn does not come in time, or the queue is closed
   */
  <T> T compute(Supplier<T> work, RequestDeadline deadline) {
    return isOwnThread() ? work.get() : add(new PassJob<>(work, Optional.empty())).await(deadline);
  }

  /**
   * Makes the output of rows, possibly in one pass with the rows of other requests.
   *
   * @return belongs to the manager of the rows' model
   * @throws OverloadException if its turn does not come in time, or the queue is closed
   */
  NDArray make(PassRows rows, RequestDeadline deadline) {
    return isOwnThread()
        ? rows.make()
        : add(new PassJob<>(rows::make, Optional.of(rows))).await(deadline);
  }

  private synchronized <T> PassJob<T> add(PassJob<T> job) {
    if (closed) {
      throw new OverloadException("the model is being closed");
    }
    waiting.add(job);
    notifyAll();
    return job;
  }

  private void work() {
    Autograd.setRecording(false);
    for (List<PassJob<?>> next = take(); !next.isEmpty(); next = take()) {
      long start = System.nanoTime();
      int rows = next.stream().flatMap(job -> job.rows().stream()).mapToInt(PassRows::count).sum();
      computeAll(next);
      if (rows > 0) {
        listener.passDone(next.size(), rows, (System.nanoTime() - start) / NANOSECONDS);
      }
    }
  }

  /** Waits for work; empty once the queue is closed and nothing waits. */
  private synchronized List<PassJob<?>> take() {
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return List.of();
        }
        wait();
      }
    } catch (InterruptedException e) {
      // Only the end of the virtual machine interrupts this thread.
      closed = true;
      waiting.forEach(job -> job.fail(new OverloadException("the model is being closed")));
      return List.of();
    }
    PassJob<?> first = waiting.remove();
    List<PassJob<?>> taken = new ArrayList<>();
    if (first.claim()) {
      taken.add(first);
      first.rows().ifPresent(rows -> takeLike(rows, taken));
    }
    return taken.isEmpty() ? take() : taken;
  }

  /** Takes those of the waiting jobs that join the first, in their order. */
  private void takeLike(PassRows first, List<PassJob<?>> taken) {
    int rows = first.count();
    for (Iterator<PassJob<?>> jobs = waiting.iterator(); jobs.hasNext(); ) {
      PassJob<?> job = jobs.next();
      Optional<PassRows> more = job.rows().filter(first::joins);
      if (more.isPresent() && rows + more.get().count() <= most) {
        jobs.remove();
        if (job.claim()) {
          rows += more.get().count();
          taken.add(job);
        }
      }
    }
  }

  private static void computeAll(List<PassJob<?>> jobs) {
    if (jobs.size() == 1) {
      jobs.get(0).compute();
      return;
    }
    List<PassRows> parts = jobs.stream().map(job -> job.rows().orElseThrow()).toList();
    List<NDArray> made;
    try {
      made = PassRows.makeTogether(parts);
    } catch (RuntimeException | Error e) {
      // One of the requests may be at fault: alone, each gets its own answer.
      jobs.forEach(PassJob::compute);
      return;
    }
    for (int i = 0; i < made.size(); i++) {
      complete(jobs.get(i), made.get(i));
    }
  }

  /** A job with rows has an array as its result. */
  @SuppressWarnings("unchecked")
  private static void complete(PassJob<?> job, NDArray made) {
    ((PassJob<NDArray>) job).complete(made);
  }

  /** Refuses further work. What waits is still computed, and then this. Does not wait for it. */
  synchronized void finish(Runnable last) {
    if (!closed) {
      add(
          new PassJob<>(
              () -> {
                last.run();
                return null;
              },
              Optional.empty()));
    }
    close();
  }

  /** Refuses further work; what waits is still computed. Does not wait for that. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
