package org.gantry.serving.internal.model;

import java.time.Duration;

/** The time until which a request waits for its turn. */
public final class RequestDeadline {

  private final long end;

  private RequestDeadline(long end) {
    this.end = end;
  }

  /** Returns a deadline from now on. */
  public static RequestDeadline in(Duration wait) {
    return new RequestDeadline(System.nanoTime() + wait.toNanos());
  }

  /** Returns the nanoseconds that are left, at least 0. */
  public long nanos() {
    return Math.max(0, end - System.nanoTime());
  }
}
