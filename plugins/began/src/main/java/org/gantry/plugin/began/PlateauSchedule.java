package org.gantry.plugin.began;

import org.gantry.graph.Graph;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;

/**
 * Halves a learning rate factor when a measure stops falling. The schedule compares the mean over
 * each window of steps with the mean over the previous window. Its state belongs to the training,
 * so a resumed training makes the same decisions.
 *
 * @param window the steps of a window, at least 1
 * @param floor the smallest factor, in (0, 1]
 */
record PlateauSchedule(int window, double floor) {

  /**
   * Adds the factor, which starts at 1. It is watched as {@code rate-factor}, with the sum of the
   * current window and the mean of the last one.
   *
   * @param measure a positive scalar
   * @param suffix is appended to the names of watched values
   */
  Signal addFactor(Graph graph, Signal measure, String suffix) {
    ScalarState done = graph.state("window-steps" + suffix, 0);
    ScalarState sum = graph.state("window-sum" + suffix, 0);
    ScalarState last = graph.state("window-mean" + suffix, 0);
    ScalarState factor = graph.state("rate-factor" + suffix, 1);
    done.setRule((steps, s) -> isLastStep(steps) ? 0 : steps + 1);
    sum.setRule(
        (value, s) -> isLastStep(s.get(1).getFloat()) ? 0 : value + s.get(0).getFloat(),
        measure,
        done.signal());
    last.setRule(
        (mean, s) ->
            isLastStep(s.get(2).getFloat()) ? mean(s.get(1).getFloat(), s.get(0).getFloat()) : mean,
        measure,
        sum.signal(),
        done.signal());
    factor.setRule(
        (value, s) ->
            isLastStep(s.get(2).getFloat())
                ? next(value, mean(s.get(1).getFloat(), s.get(0).getFloat()), s.get(3).getFloat())
                : value,
        measure,
        sum.signal(),
        done.signal(),
        last.signal());
    return factor.signal();
  }

  /** Whether the current step completes a window, after this many steps of it. */
  private boolean isLastStep(double steps) {
    return steps >= window - 1;
  }

  private double mean(double sum, double measure) {
    return (sum + measure) / window;
  }

  /**
   * The factor after a window.
   *
   * @param mean the mean of the window
   * @param before the mean of the previous window; 0 for the first window
   */
  double next(double factor, double mean, double before) {
    return before > 0 && mean >= before ? Math.max(floor, factor / 2) : factor;
  }
}
