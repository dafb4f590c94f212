package org.gantry.recipes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.training.BoundComponent;

/**
 * A metric and a use of the networks that it evaluates.
 *
 * @param name the metric's name, {@code NAME-2} for the second one of the same name; after {@code
 *     USE/} if the networks have several uses; figures are named {@code name/figure}
 * @param cacheName the metric's name without the use
 */
public record MetricEvaluation(
    String name, String cacheName, BoundComponent<Metric> metric, MetricSubject subject) {

  /**
   * Pairs each metric with every subject that it accepts.
   *
   * @return by subject, then in the order of the metrics
   */
  public static List<MetricEvaluation> of(
      List<BoundComponent<Metric>> metrics, List<MetricSubject> subjects) {
    List<MetricEvaluation> evaluations = new ArrayList<>();
    for (MetricSubject subject : subjects) {
      String use = subjects.size() == 1 ? "" : subject.use().name() + "/";
      Map<String, Integer> occurrences = new HashMap<>();
      for (BoundComponent<Metric> metric : metrics) {
        int occurrence = occurrences.merge(metric.origin().name(), 1, Integer::sum);
        String name = metric.origin().name() + (occurrence == 1 ? "" : "-" + occurrence);
        if (refusal(metric.component(), List.of(subject)).isEmpty()) {
          evaluations.add(new MetricEvaluation(use + name, name, metric, subject));
        }
      }
    }
    return evaluations;
  }

  /** Why a metric accepts no subject: its reason for the first one; empty if it accepts one. */
  public static Optional<UnusableComponentException> refusal(
      Metric metric, List<MetricSubject> subjects) {
    Optional<UnusableComponentException> first = Optional.empty();
    for (MetricSubject subject : subjects) {
      try {
        metric.requireCompatible(subject);
        return Optional.empty();
      } catch (UnusableComponentException e) {
        first = first.or(() -> Optional.of(e));
      }
    }
    return subjects.isEmpty()
        ? Optional.of(new UnusableComponentException("the topology states nothing to evaluate"))
        : first;
  }
}
