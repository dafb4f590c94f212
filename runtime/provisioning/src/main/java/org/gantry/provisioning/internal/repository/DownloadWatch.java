package org.gantry.provisioning.internal.repository;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes the stream of a download that is silent, too slow or too long. A limit for silence alone
 * would not be enough: a server that sends a byte a second would hold the command for years.
 */
final class DownloadWatch implements AutoCloseable {

  /** The slowest download, on average after the first timeout: less than a poor modem had. */
  static final long SLOWEST_BYTES_PER_SECOND = 2048;

  private static final double NANOS_PER_SECOND = 1e9;

  private final InputStream stream;
  private final DownloadLimits limits;
  private final Timer timer = new Timer("download-watch", true);
  private final long begin = System.nanoTime();
  private final AtomicLong received = new AtomicLong();
  private volatile long lastReceived = begin;
  private volatile String expired = "";

  /**
   * The limits of a download.
   *
   * @param silence the longest pause
   * @param whole the time for the whole download
   */
  record DownloadLimits(Duration silence, Duration whole) {}

  DownloadWatch(InputStream stream, DownloadLimits limits) {
    this.stream = stream;
    this.limits = limits;
    long interval = Math.max(1, limits.silence().toMillis() / 4);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            check(System.nanoTime());
          }
        },
        interval,
        interval);
  }

  private void check(long now) {
    String reason = reason(now - lastReceived, now - begin, received.get(), limits);
    if (!reason.isEmpty()) {
      expired = reason;
      try {
        stream.close();
      } catch (IOException e) {
        // The reader finds out by expired().
        return;
      }
    }
  }

  /** Why a download must end; empty if it may continue. */
  static String reason(long silentNanos, long nanos, long bytes, DownloadLimits limits) {
    long seconds = nanos / (long) NANOS_PER_SECOND;
    if (silentNanos > limits.silence().toNanos()) {
      return "sent no data for %d seconds".formatted(limits.silence().toSeconds());
    } else if (nanos > limits.silence().toNanos()
        && bytes < nanos / NANOS_PER_SECOND * SLOWEST_BYTES_PER_SECOND) {
      return "sent only %d bytes in %d seconds".formatted(bytes, seconds);
    } else if (nanos > limits.whole().toNanos()) {
      return "did not finish within %d minutes".formatted(limits.whole().toMinutes());
    }
    return "";
  }

  /** Records that data have arrived. */
  void received(int bytes) {
    received.addAndGet(bytes);
    lastReceived = System.nanoTime();
  }

  /** Why the stream was closed; empty if it was not. */
  Optional<String> expired() {
    return Optional.of(expired).filter(reason -> !reason.isEmpty());
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
