package org.gantry.provisioning.internal.executor;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gantry.host.support.ErrorText;

/** Runs code of plugins with a time limit; abandons code that exceeds it. */
final class TimeLimit implements AutoCloseable {

  private final Duration limit;
  private ExecutorService thread = newThread();

  TimeLimit(Duration limit) {
    this.limit = limit;
  }

  /** A failure of the code or its time limit, in words. */
  static final class PluginCodeException extends Exception {

    private static final long serialVersionUID = 1L;

    private PluginCodeException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Runs code until it ends or the limit is reached.
   *
   * @throws PluginCodeException if the code throws anything or exceeds the limit
   */
  <T> T run(Callable<T> code) throws PluginCodeException {
    Future<T> future = thread.submit(code);
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new PluginCodeException(ErrorText.of(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      thread.shutdownNow();
      thread = newThread();
      throw new PluginCodeException("it did not end within " + describe(limit), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginCodeException("interrupted", e);
    }
  }

  private static String describe(Duration time) {
    return time.toMillis() % 1000 == 0
        ? time.toSeconds() + " seconds"
        : time.toMillis() + " milliseconds";
  }

  private static ExecutorService newThread() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, "plugins");
          // Endless code must not keep the process alive.
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
