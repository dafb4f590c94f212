package org.gantry.host.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs code of plugins with a limit for the time that it uses itself: computing, sleeping, or
 * waiting. Time in which a busy machine does not let it run does not count, but {@link #PATIENCE}
 * times the limit is the end in any case. Code that exceeds the limit is abandoned.
 */
public final class TimeLimit implements AutoCloseable {

  /** How many times its limit code may take on a busy machine. */
  static final int PATIENCE = 12;

  private static final long LOOK_MILLIS = 50;

  private final Duration limit;
  private final Consumer<String> notices;
  private final Function<Thread, UsedTime> clocks;
  private Worker worker = new Worker();

  /**
   * Creates a limit.
   *
   * @param limit the limit for each call of {@link #run}
   * @param notices receives a sentence when a call takes longer and the limit is not reached yet
   */
  public TimeLimit(Duration limit, Consumer<String> notices) {
    this(limit, notices, thread -> new ThreadTime(thread, limit));
  }

  /** A limit for all of the time that passes, for code that waits for the network. */
  public static TimeLimit ofWholeTime(Duration limit) {
    return new TimeLimit(limit, notice -> {}, thread -> new PassedTime());
  }

  TimeLimit(Duration limit, Consumer<String> notices, Function<Thread, UsedTime> clocks) {
    this.limit = limit;
    this.notices = notices;
    this.clocks = clocks;
  }

  /** Measures the time that a thread uses from the creation of this object. */
  interface UsedTime {

    /**
     * The time so far. Called again and again.
     *
     * @param passed the time that has passed since the last call
     */
    Duration afterAnother(Duration passed);
  }

  /** All of the time that passes. */
  private static final class PassedTime implements UsedTime {

    private Duration whole = Duration.ZERO;

    @Override
    public Duration afterAnother(Duration passed) {
      whole = whole.plus(passed);
      return whole;
    }
  }

  /** A failure of the code or its time limit, in words. */
  public static final class PluginCodeException extends Exception {

    private static final long serialVersionUID = 1L;

    private PluginCodeException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Runs code until it ends or the limit is reached.
   *
   * @param subject what runs, for a notice: {@code waiting for SUBJECT}
   * @throws PluginCodeException if the code throws anything or exceeds the limit
   */
  public <T> T run(String subject, Callable<T> code) throws PluginCodeException {
    Future<T> future = worker.executor.submit(code);
    try {
      return await(subject, future);
    } catch (ExecutionException e) {
      throw new PluginCodeException(ErrorText.of(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      worker.executor.shutdownNow();
      worker = new Worker();
      throw new PluginCodeException("it did not end within " + describe(limit), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginCodeException("interrupted", e);
    }
  }

  private <T> T await(String subject, Future<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    long begin = System.nanoTime();
    long last = begin;
    boolean noticed = false;
    UsedTime used = null;
    while (true) {
      try {
        return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long now = System.nanoTime();
        used = used == null ? clocks.apply(worker.thread) : used;
        Duration own = used.afterAnother(Duration.ofNanos(now - last));
        Duration whole = Duration.ofNanos(now - begin);
        last = now;
        if (own.compareTo(limit) > 0 || whole.compareTo(limit.multipliedBy(PATIENCE)) > 0) {
          throw e;
        } else if (!noticed && whole.compareTo(limit) > 0) {
          noticed = true;
          notices.accept("waiting for " + subject + ", because this machine is busy");
        }
      }
    }
  }

  private static String describe(Duration time) {
    return time.toMillis() % 1000 == 0
        ? time.toSeconds() + " seconds"
        : time.toMillis() + " milliseconds";
  }

  /** A thread that runs one call after another. */
  private static final class Worker {

    private volatile Thread thread;
    private final ExecutorService executor =
        Executors.newSingleThreadExecutor(
            task -> {
              thread = new Thread(task, "plugins");
              // Endless code must not keep the process alive.
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void close() {
    worker.executor.shutdownNow();
  }
}
