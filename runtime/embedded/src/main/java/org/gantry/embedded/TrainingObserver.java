package org.gantry.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * Follows a training of the program. All methods are called on the thread that trains, which waits
 * for them. An exception that one throws ends the training.
 */
public interface TrainingObserver {

  /**
   * The networks are allocated and the first step begins.
   *
   * @param name the name of the recipe or of its stage
   * @param steps the total number of steps
   */
  default void started(String name, long steps) {}

  /**
   * A step is complete.
   *
   * @param step the number of completed steps, from 1
   * @param steps the total number of steps
   * @param values the terms, by {@code player/term}, then the watched values, in a fixed order
   */
  default void stepDone(long step, long steps, Map<String, Double> values) {}

  /**
   * The metrics of the recipe were evaluated.
   *
   * @param step the number of completed steps
   * @param figures by {@code metric/figure}, in a fixed order
   */
  default void evaluated(long step, Map<String, Double> figures) {}

  /**
   * A watchdog found a problem of the training.
   *
   * @param step the number of completed steps
   * @param sentence the problem, with the measured values and what to do
   */
  default void problemFound(long step, String sentence) {}

  /** A picture of samples was written. */
  default void pictureWritten(Path picture) {}

  /** A checkpoint was written. */
  default void checkpointWritten(Path checkpoint) {}

  /**
   * Whether the training should end. It is asked at the end of each step, before {@link #stepDone},
   * so that the last step writes a checkpoint: a decision in {@code stepDone} ends the training
   * after the next step. {@code gantry train --resume} can continue it.
   */
  default boolean isStopRequested() {
    return false;
  }
}
