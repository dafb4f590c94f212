package org.gantry.metric;

import java.util.Map;
import org.gantry.data.Dataset;

/** Measures the samples of a generator. */
public interface Metric {

  /**
   * Checks before the training that the metric supports a data set. The default accepts all data
   * sets.
   *
   * @throws org.gantry.component.UnusableComponentException if {@link #evaluate} would refuse every
   *     run on the data set
   */
  default void requireCompatible(Dataset dataset) {}

  /**
   * Computes the metric.
   *
   * @return values by name, in the order in which to show them; a name consists of words in lower
   *     case, joined by hyphens
   * @throws org.gantry.component.UnusableComponentException if the metric does not support the data
   *     set
   */
  Map<String, Double> evaluate(EvaluationContext context);
}
