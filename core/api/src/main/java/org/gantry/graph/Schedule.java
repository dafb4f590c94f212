package org.gantry.graph;

/** A value that depends only on the step. */
@FunctionalInterface
public interface Schedule {

  /**
   * The value at a step.
   *
   * @param step the step, from 0
   * @param steps the length of the training; the step exceeds it if a run is extended
   */
  double at(long step, long steps);
}
