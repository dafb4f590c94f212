package org.gantry.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Reads a stream to its end in a background thread; callers can wait for text in it. */
final class StreamCollector {

  private final StringBuilder text = new StringBuilder();
  private boolean ended;

  private StreamCollector() {}

  /** Starts to read a stream. */
  static StreamCollector of(InputStream stream) {
    StreamCollector collector = new StreamCollector();
    Thread reader = new Thread(() -> collector.read(stream), "collector");
    reader.setDaemon(true);
    reader.start();
    return collector;
  }

  private void read(InputStream stream) {
    char[] buffer = new char[4096];
    try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        append(buffer, n);
      }
    } catch (IOException e) {
      append((" [" + e.getMessage() + "]").toCharArray());
    } finally {
      end();
    }
  }

  private void append(char[] characters) {
    append(characters, characters.length);
  }

  private synchronized void append(char[] buffer, int length) {
    text.append(buffer, 0, length);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Returns the text so far. */
  synchronized String soFar() {
    return text.toString();
  }

  /** Waits for the end of the stream and returns all of its text. */
  synchronized String all() throws InterruptedException {
    while (!ended) {
      wait();
    }
    return text.toString();
  }

  /**
   * Waits until the text contains a part.
   *
   * @throws IllegalStateException if the stream ends or the time is over before it does
   */
  synchronized void await(String part, long limitSeconds) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds);
    try {
      while (text.indexOf(part) < 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime());
        if (ended || left <= 0) {
          throw new IllegalStateException("\"" + part + "\" is not in: " + text);
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
