package org.gantry.graph;

/** A value that depends only on how far the training has come. */
@FunctionalInterface
public interface Schedule {

  /**
   * The value at a step.
   *
   * @param step the step, from 0
   * @param steps the length of the training; step can exceed it when a training is prolonged
   */
  double at(long step, long steps);
}
