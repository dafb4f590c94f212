package org.gantry.runs.training;

import java.util.List;

/**
 * The steps of two recipes, measured in turn. Times are of one step.
 *
 * @param first the median time of the first recipe, in nanoseconds
 * @param second the median time of the second recipe, in nanoseconds
 * @param ratios first to second, by round, in rising order
 * @param processorRatio first to second, in processor time of the training thread
 * @param threads the number of threads of the engine for both
 */
public record StepComparison(
    double first, double second, List<Double> ratios, double processorRatio, int threads) {

  /** Copies the list. */
  public StepComparison {
    ratios = List.copyOf(ratios);
  }

  /** The median of the ratios. */
  public double ratio() {
    return ratios.get(ratios.size() / 2);
  }
}
