package org.gantry.runs.internal;

import java.time.Instant;

/**
 * Where a loop takes up a training.
 *
 * @param step the steps that lie behind
 * @param seconds the time spent on them
 * @param resumed how often the training has been continued
 * @param created when the run began, which dates its events
 * @param health what is known of its troubles
 */
public record Start(long step, double seconds, int resumed, Instant created, Health health) {

  /** The start of a training that nothing lies behind. */
  public static Start first(Instant created) {
    return new Start(0, 0, 0, created, Health.NEW);
  }
}
