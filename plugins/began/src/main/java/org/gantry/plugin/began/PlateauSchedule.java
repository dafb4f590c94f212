package org.gantry.plugin.began;

import org.gantry.graph.Graph;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;

/**
 * Halves a factor whenever a measure has stopped falling: the mean over each window of steps is
 * compared with the mean over the window before it. All that it remembers is carried by the
 * training, so that a resumed one decides alike.
 *
 * @param window the steps of a window, at least 1
 * @param floor the least that the factor can fall to, in (0, 1]
 */
record PlateauSchedule(int window, double floor) {

  /**
   * The factor, which starts at 1; watched as {@code rate-factor}, with the sum of the window under
   * way and the mean of the last.
   *
   * @param measure a positive scalar
   * @param suffix what to append to the names
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

  /** Whether the step after so many others of its window is the last. */
  private boolean isLastStep(double steps) {
    return steps >= window - 1;
  }

  private double mean(double sum, double measure) {
    return (sum + measure) / window;
  }

  /**
   * The factor after a window.
   *
   * @param mean of the window
   * @param before the mean of the window before it; 0 if there was none
   */
  double next(double factor, double mean, double before) {
    return before > 0 && mean >= before ? Math.max(floor, factor / 2) : factor;
  }
}
