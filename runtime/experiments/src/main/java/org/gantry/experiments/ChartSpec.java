package org.gantry.experiments;

import org.gantry.recipes.text.SourcePosition;

/**
 * What is drawn of an experiment beside samples.
 *
 * @param place where the experiment names it
 * @param type what it shows
 * @param valueName a term or watched value for a curve, a metric of the experiment for a
 *     distribution
 * @param logarithmic whether equal ratios are equally high
 */
public record ChartSpec(
    SourcePosition place, ChartType type, String valueName, boolean logarithmic) {

  /** What a chart can show. */
  public enum ChartType {
    /** How a value goes over the steps: the mean of each variant, within its trainings' range. */
    CURVE,
    /** How a metric is distributed over the trainings of each variant, from least to greatest. */
    DISTRIBUTION
  }
}
