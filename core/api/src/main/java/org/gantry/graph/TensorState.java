package org.gantry.graph;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An array that the training carries from step to step, such as a pool of earlier images. It is
 * part of every checkpoint.
 */
@ProviderType
public interface TensorState {

  /** The value during a step, as a signal without gradient. */
  Signal signal();

  /**
   * Sets the rule for the value of the next step. Without a rule the value stays.
   *
   * @param rule runs at the end of each step, without gradients
   * @param signals their last values of the step go to the rule
   */
  void setRule(TensorRule rule, Signal... signals);

  /** A rule for the next value. */
  @FunctionalInterface
  interface TensorRule {

    /**
     * Returns the next value, which the host copies.
     *
     * @param value this step's value, which the rule must not change
     * @param signals the values of the signals, which the rule must not keep
     * @return float32 of the shape of the state
     */
    NDArray nextValue(NDArray value, List<NDArray> signals);
  }
}
