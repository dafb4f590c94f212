package org.gantry.provisioning.internal.repository;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Watches a stream from far away, and closes it when nothing has come for too long: whoever waits
 * for it would wait forever. It is fed with {@link #reset} whenever something came.
 */
public final class ReadTimeout implements AutoCloseable {

  private final InputStream stream;
  private final Duration patience;
  private final Timer clock = new Timer("stall", true);
  private volatile long last = System.nanoTime();
  private volatile boolean over;

  ReadTimeout(InputStream stream, Duration patience) {
    this.stream = stream;
    this.patience = patience;
    long interval = Math.max(1, patience.toMillis() / 4);
    clock.schedule(
        new TimerTask() {
          @Override
          public void run() {
            check();
          }
        },
        interval,
        interval);
  }

  private void check() {
    if (System.nanoTime() - last > patience.toNanos()) {
      over = true;
      try {
        stream.close();
      } catch (IOException e) {
        // Whoever reads it is told anyway.
        return;
      }
    }
  }

  /** Something came. */
  void reset() {
    last = System.nanoTime();
  }

  /** Whether patience came to its end. */
  boolean isExpired() {
    return over;
  }

  @Override
  public void close() {
    clock.cancel();
  }
}
