package org.gantry.launcher;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process although a shutdown hook or a bundle that is stopped does not end. Such a hook
 * may come from a plugin.
 */
final class ExitLimit {

  /** The system property with the milliseconds that plugins may take to stop. */
  private static final String PROPERTY = "gantry.exit.limit";

  private static final long DEFAULT_MILLIS = 15_000;

  private ExitLimit() {}

  /** How long plugins may take to stop, and then their shutdown hooks. */
  static Duration duration() {
    return Duration.ofMillis(Math.max(1, Long.getLong(PROPERTY, DEFAULT_MILLIS)));
  }

  /** Halts the virtual machine after the limit, unless it has exited before. */
  static void start(int exitCode) {
    Duration limit = duration();
    CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(
            () -> {
              System.err.println(
                  "gantry: a shutdown hook of a plugin did not end within "
                      + limit.toMillis() / 1000.0
                      + " s");
              Runtime.getRuntime().halt(exitCode);
            });
  }
}
