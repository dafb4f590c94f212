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
public record StartPoint(
    long step, double seconds, int resumed, Instant created, TrainingHealth health) {

  /** The start of a training that nothing lies behind. */
  public static StartPoint first(Instant created) {
    return new StartPoint(0, 0, 0, created, TrainingHealth.INITIAL);
  }
}
