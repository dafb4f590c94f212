package org.gantry.experiments.definition;

import org.gantry.recipes.text.SourcePosition;

/**
 * A chart that an experiment asks for.
 *
 * @param position where the experiment declares it
 * @param type what it shows
 * @param valueName the name of a term or watched value for a curve, of a metric of the experiment
 *     for a distribution
 * @param logarithmic whether equal ratios have equal heights
 */
public record ChartSpec(
    SourcePosition position, ChartType type, String valueName, boolean logarithmic) {

  /** The content of a chart. */
  public enum ChartType {
    /**
     * A value over the steps: the mean of each variant, in a band from its lowest to its highest
     * training.
     */
    CURVE,
    /** The values of a metric over the trainings of each variant, sorted. */
    DISTRIBUTION
  }
}
