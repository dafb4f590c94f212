package org.gantry.graph;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A scalar that the training carries from step to step, such as BEGAN's k. It is part of every
 * checkpoint.
 */
@ProviderType
public interface ScalarState {

  /** The value that holds during a step, as a scalar signal without gradient. */
  Signal signal();

  /**
   * States the value of the next step. Signals have the values that they last had in this step.
   *
   * @param rule from the state's value and the signals' values to the next value; runs without
   *     gradients
   */
  void setRule(StateRule rule, Signal... signals);

  /** A rule for the next value. */
  @FunctionalInterface
  interface StateRule {

    /** Returns the next value, given this step's value and the values of the signals. */
    double nextValue(double value, List<NDArray> signals);
  }
}
