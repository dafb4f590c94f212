package org.gantry.workers;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long a worker waits for another one.
 *
 * @param notice after how long the user is notified
 * @param limit after how long the other worker counts as lost
 * @param notices gets sentences for the user
 */
public record WaitLimits(Duration notice, Duration limit, Consumer<String> notices) {

  /** The usual limits: a notice after half a minute, and the end after ten minutes. */
  public static WaitLimits usual(Consumer<String> notices) {
    return new WaitLimits(Duration.ofSeconds(30), Duration.ofMinutes(10), notices);
  }
}
