package org.gantry.experiments;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gantry.experiments.TrialSeries.ExperimentTrial;
import org.gantry.experiments.definition.Experiment;
import org.gantry.experiments.definition.MetricDefinition;
import org.gantry.experiments.definition.VariantPoint;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;

/**
 * The metrics of an experiment for which no training has given a value so far. Some variants may
 * lack a value that others have. A metric is therefore refused only when every point was trained,
 * or when its component was evaluated without giving that figure.
 */
final class UnmeasuredMetrics {

  private final Map<String, MetricDefinition> left;
  private final Set<VariantPoint> awaited = new HashSet<>();
  private final Set<String> figures = new TreeSet<>();
  private final Set<String> curves = new TreeSet<>();

  UnmeasuredMetrics(Experiment experiment) {
    left = new LinkedHashMap<>(experiment.metrics());
    experiment.variants().forEach(variant -> awaited.addAll(variant.points()));
  }

  /**
   * Adds a finished training.
   *
   * @throws RecipeException if a metric is now known to have no value
   */
  void addTrial(ExperimentTrial trial, RunFolder run, Set<String> earlier) {
    if (left.isEmpty() || run.state().status() != RunState.RunStatus.DONE) {
      return;
    }
    awaited.remove(trial.point());
    figures.addAll(earlier);
    figures.addAll(run.evaluation().map(EvaluationResult::figures).orElse(Map.of()).keySet());
    curves.addAll(run.curves().keySet());
    left.values().removeIf(this::isMeasured);
    ProblemCollector problems = new ProblemCollector();
    for (MetricDefinition metric : left.values()) {
      if (awaited.isEmpty() || siblings(metric)) {
        List<String> known = List.copyOf(among(metric));
        problems.add(
            metric.position(),
            (metric.reduction().isPresent() ? "No training logs " : "No training is evaluated by ")
                + MessageText.quoted(metric.name())
                + ".",
            NearestName.suggestion(metric.name(), known)
                + (known.isEmpty()
                    ? "Name its component under 'metrics' of the recipe."
                    : "Known are " + MessageText.quoted(known, "and") + "."));
      }
    }
    problems.throwIfAny();
  }

  private boolean isMeasured(MetricDefinition metric) {
    return metric.reduction().isPresent()
        ? curves.contains(metric.name())
        : metric.figure(figures).isPresent();
  }

  private Collection<String> among(MetricDefinition metric) {
    return metric.reduction().isPresent() ? curves : figures;
  }

  /** Returns whether other figures of the same component are known. */
  private boolean siblings(MetricDefinition metric) {
    String component = metric.name().replaceFirst("/[^/]*$", "/");
    return metric.reduction().isEmpty() && figures.stream().anyMatch(f -> f.startsWith(component));
  }
}
