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

  /** The value during a step, as a scalar signal without gradient. */
  Signal signal();

  /**
   * Sets the rule for the value of the next step. Without a rule the value stays.
   *
   * @param rule runs at the end of each step, without gradients
   * @param signals their last values of the step go to the rule
   */
  void setRule(StateRule rule, Signal... signals);

  /** A rule for the next value. */
  @FunctionalInterface
  interface StateRule {

    /** Returns the next value, given this step's value and the values of the signals. */
    double nextValue(double value, List<NDArray> signals);
  }
}
