package org.gantry.workers;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gantry.training.WorkerException;
import org.gantry.training.WorkerGroup;

/**
 * Workers in a ring of sockets. Each one sends to the next and receives from the previous one.
 *
 * <p>A mean travels in two rounds (ring all-reduce). Values are cut into as many parts as there are
 * workers. In the first round each worker adds its values to the part that it receives and passes
 * the sum on; then each part is complete at one worker. In the second round the complete parts
 * travel. Each worker so sends 2 (N - 1) / N of its values, and all get the same bits.
 *
 * <p>One thread at a time may use a ring.
 */
public final class WorkerRing implements WorkerGroup, AutoCloseable {

  /** How long to look for the reason when the next worker takes no more values. */
  private static final Duration REASON_WAIT = Duration.ofSeconds(5);

  private final int rank;
  private final int size;
  private final FrameSocket next;
  private final FrameSocket previous;
  private final WaitLimits limits;
  private final WorkerSpeeds speeds;
  private final ExecutorService sender;
  private float[] work = {};
  private float[] part = {};
  private long exchanged;
  private long sentValues;
  private long computedSince;
  private Future<?> sending = CompletableFuture.completedFuture(null);
  private boolean closed;

  WorkerRing(int rank, int size, FrameSocket next, FrameSocket previous, WaitLimits limits) {
    this.rank = rank;
    this.size = size;
    this.next = next;
    this.previous = previous;
    this.limits = limits;
    speeds = new WorkerSpeeds(size);
    sender = Executors.newSingleThreadExecutor(WorkerRing::daemon);
  }

  /** The ring of one worker, which exchanges nothing. */
  static WorkerRing single(WaitLimits limits) {
    return new WorkerRing(0, 1, null, null, limits);
  }

  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "gantry-workers");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  /** How many bytes of values this worker has sent. */
  public long sentBytes() {
    return sentValues * Float.BYTES;
  }

  @Override
  public void average(FloatBuffer values) {
    if (size == 1) {
      return;
    }
    requireOpen();
    double computed = exchanged == 0 ? 0 : (System.nanoTime() - computedSince) / 1e9;
    int count = values.remaining();
    int total = count + size;
    work = work.length < total ? new float[total] : work;
    values.slice().get(work, 0, count);
    for (int i = 0; i < size; i++) {
      work[count + i] = i == rank ? (float) computed : 0;
    }
    sumParts(total);
    for (int i = start(rank + 1, total); i < end(rank + 1, total); i++) {
      work[i] /= size;
    }
    gatherParts(total);
    values.slice().put(work, 0, count);
    watchSpeeds(count);
    exchanged++;
    computedSince = System.nanoTime();
  }

  private void sumParts(int total) {
    for (int round = 0; round < size - 1; round++) {
      int received = pass(rank - round, rank - round - 1, total);
      int start = start(rank - round - 1, total);
      for (int i = 0; i < received; i++) {
        work[start + i] += part[i];
      }
    }
  }

  private void gatherParts(int total) {
    for (int round = 0; round < size - 1; round++) {
      int received = pass(rank + 1 - round, rank - round, total);
      System.arraycopy(part, 0, work, start(rank - round, total), received);
    }
  }

  /** Sends one part and receives another; returns how many values were received. */
  private int pass(int sent, int received, int total) {
    int start = start(sent, total);
    int expected = end(received, total) - start(received, total);
    part = part.length < expected ? new float[expected] : part;
    pass(
        FloatBuffer.wrap(work, start, end(sent, total) - start),
        FloatBuffer.wrap(part, 0, expected));
    return expected;
  }

  private int start(int index, int total) {
    return (int) ((long) Math.floorMod(index, size) * total / size);
  }

  private int end(int index, int total) {
    return (int) ((Math.floorMod(index, size) + 1L) * total / size);
  }

  @Override
  public void rotate(FloatBuffer values) {
    if (size == 1) {
      return;
    }
    requireOpen();
    int count = values.remaining();
    part = part.length < count ? new float[count] : part;
    pass(values.slice(), FloatBuffer.wrap(part, 0, count));
    values.slice().put(part, 0, count);
    computedSince = System.nanoTime();
  }

  /** Sends to the next worker while it receives from the previous one. */
  private void pass(FloatBuffer sent, FloatBuffer received) {
    sending =
        sender.submit(
            () -> {
              next.send(sent);
              return null;
            });
    try {
      previous.receive(received);
      sending.get();
      sentValues += sent.remaining();
    } catch (WorkerException e) {
      throw closedBy(e);
    } catch (ExecutionException e) {
      throw closedBy(previous.awaitEnd(REASON_WAIT).orElseGet(() -> nextIsLost(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw closedBy(WorkerException.lost("worker " + rank + " was interrupted", e));
    }
  }

  private WorkerException nextIsLost(ExecutionException failure) {
    return WorkerException.lost(
        "worker %d is lost: it takes no more values (%s)"
            .formatted((rank + 1) % size, failure.getCause().getMessage()),
        failure);
  }

  private void watchSpeeds(int count) {
    float[] seconds = new float[size];
    for (int i = 0; i < size; i++) {
      seconds[i] = work[count + i] * size;
    }
    speeds.add(seconds).filter(slow -> rank == 0).ifPresent(limits.notices());
  }

  private void requireOpen() {
    if (closed) {
      throw WorkerException.lost("the connection to the other workers is closed", null);
    }
  }

  /** Passes the reason on to the next worker, and closes the ring. */
  private WorkerException closedBy(WorkerException end) {
    close(end);
    return end;
  }

  /**
   * Ends the training at all workers. Their next exchange throws a {@link WorkerException} with the
   * reason.
   *
   * @param reason a sentence for the user
   */
  public void close(String reason) {
    close(WorkerException.ended(reason));
  }

  private void close(WorkerException end) {
    if (closed) {
      return;
    }
    closed = true;
    sender.shutdown();
    if (size == 1) {
      return;
    }
    try {
      // The end must not get between the values that the other thread still sends.
      sending.get(REASON_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      next.sendEnd(end);
    } catch (IOException | ExecutionException | TimeoutException ignored) {
      // The next worker has ended, too, or takes nothing. The closed connection tells it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (FrameSocket socket : new FrameSocket[] {next, previous}) {
      try {
        socket.close();
      } catch (IOException ignored) {
        // The other worker notices.
      }
    }
  }

  /** Ends the training at all workers, as one that is complete. */
  @Override
  public void close() {
    close("worker %d has ended".formatted(rank));
  }
}
