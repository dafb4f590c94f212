package org.gantry.metric;

import java.util.Map;
import org.gantry.data.Dataset;

/** A figure of merit of what a generator makes. */
public interface Metric {

  /**
   * Refuses data that the metric cannot judge, before anything is trained on them. By default it
   * judges all.
   *
   * @throws org.gantry.component.UnusableComponentException if {@link #evaluate} would refuse every
   *     run on the data set
   */
  default void requireCompatible(Dataset dataset) {}

  /**
   * Evaluates.
   *
   * @return named figures, in the order in which to show them; names are lower case, joined by
   *     hyphens
   * @throws org.gantry.component.UnusableComponentException if the data set is not one that the
   *     metric can judge
   */
  Map<String, Double> evaluate(EvaluationContext evaluation);
}
