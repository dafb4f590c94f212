package org.gantry.metric;

import java.util.List;
import java.util.Map;

/** Measures the samples of a generator. */
public interface Metric {

  /**
   * Checks before the training that the metric supports data and samples, such as that each sample
   * has a counterpart. The host evaluates every use of the networks that the metric accepts, and
   * refuses a recipe with a metric that accepts none. The default accepts all.
   *
   * @throws org.gantry.component.UnusableComponentException if {@link #evaluate} would refuse every
   *     evaluation of the subject
   */
  default void requireCompatible(MetricSubject subject) {}

  /**
   * Returns the least number of samples, generated as well as real, at which the figures mean
   * something. The host marks figures of fewer samples wherever it shows them. The default is 1.
   *
   * @param subject a subject that {@link #requireCompatible} accepts
   */
  default int leastSamples(MetricSubject subject) {
    return 1;
  }

  /**
   * Returns how many real samples {@link #evaluate} compares with. The default is the size of the
   * data set.
   *
   * @param subject a subject that {@link #requireCompatible} accepts
   */
  default int realSamples(MetricSubject subject) {
    return RealSamples.availableCount(subject.dataset());
  }

  /**
   * Returns the figures that trainings can be ranked by, the most important one first. Figures that
   * do not say how good samples are do not belong here, such as the accuracy of a classifier that
   * judges them. The default is empty.
   *
   * @param subject a subject that {@link #requireCompatible} accepts
   */
  default List<QualityFigure> qualityFigures(MetricSubject subject) {
    return List.of();
  }

  /**
   * Computes the metric.
   *
   * @return values by name, in the order in which to show them; a name consists of words in lower
   *     case, joined by hyphens
   * @throws org.gantry.component.UnusableComponentException if the metric does not support the data
   *     set or the samples
   */
  Map<String, Double> evaluate(EvaluationContext context);
}
