package org.gantry.metric;

import java.util.Map;

/** A figure of merit of what a generator makes. */
public interface Metric {

  /**
   * Evaluates.
   *
   * @return named figures, in the order in which to show them; names are lower case, joined by
   *     hyphens
   * @throws org.gantry.component.Misfit if the data set is not one that the metric can judge
   */
  Map<String, Double> evaluate(Evaluation evaluation);
}
