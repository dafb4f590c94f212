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

/** Runs code of plugins with a limit on its time; what does not end in it is left to itself. */
public final class TimeLimit implements AutoCloseable {

  private final Duration limit;
  private ExecutorService thread = newThread();

  TimeLimit(Duration limit) {
    this.limit = limit;
  }

  /** A foreign thing that went wrong, in words. */
  static final class CodeFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean stillRuns;

    private CodeFailure(String message, boolean endless, Throwable cause) {
      super(message, cause);
      this.stillRuns = endless;
    }

    /** Whether the code still runs. */
    boolean stillRuns() {
      return stillRuns;
    }
  }

  /** Runs something to its end, or to the limit. */
  <T> T run(Callable<T> code) throws CodeFailure {
    Future<T> future = thread.submit(code);
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new CodeFailure(ErrorText.of(e.getCause()), false, e.getCause());
    } catch (TimeoutException e) {
      thread.shutdownNow();
      thread = newThread();
      throw new CodeFailure("it did not end within " + seconds(), true, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CodeFailure("interrupted", true, e);
    }
  }

  private String seconds() {
    return limit.toMillis() % 1000 == 0
        ? limit.toSeconds() + " seconds"
        : limit.toMillis() + " milliseconds";
  }

  private static ExecutorService newThread() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, "plugins");
          // What does not end must not keep the process.
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
