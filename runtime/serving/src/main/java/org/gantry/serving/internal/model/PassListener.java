package org.gantry.serving.internal.model;

/** Learns which passes a model computes. */
@FunctionalInterface
public interface PassListener {

  /**
   * A pass is done.
   *
   * @param requests the number of requests that shared it
   * @param rows the number of their rows
   * @param seconds how long it took
   */
  void passDone(int requests, int rows, double seconds);
}
