package org.gantry.runs.internal.loop;

import java.util.List;
import java.util.Map;

/** Follows the steps of a training loop; the writers of artefacts and the console are listeners. */
@FunctionalInterface
public interface StepListener extends AutoCloseable {

  /** The loop begins, or continues after a roll-back. */
  default void begin() {}

  /**
   * A step is complete, and the watchdogs have looked at it.
   *
   * @param values the terms and watched values of the step
   * @param last whether the training ends here
   */
  void stepDone(Learner learner, Map<String, Double> values, boolean last);

  /** The loop ends or rolls back: closes all files. May be called twice. */
  @Override
  default void close() {}

  /** A listener that forwards to others, in their order. */
  static StepListener of(List<StepListener> listeners) {
    return new StepListener() {
      @Override
      public void begin() {
        listeners.forEach(StepListener::begin);
      }

      @Override
      public void stepDone(Learner learner, Map<String, Double> values, boolean last) {
        listeners.forEach(listener -> listener.stepDone(learner, values, last));
      }

      @Override
      public void close() {
        listeners.forEach(StepListener::close);
      }
    };
  }
}
