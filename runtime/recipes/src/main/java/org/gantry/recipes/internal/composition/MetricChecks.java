package org.gantry.recipes.internal.composition;

import java.util.ArrayList;
import java.util.List;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.recipes.MetricEvaluation;
import org.gantry.recipes.internal.format.ComponentCatalog;
import org.gantry.recipes.internal.format.ComponentResolver;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.training.BoundComponent;
import org.gantry.training.TrainingGraph;

/**
 * Checks before the training begins that the metrics of a recipe can evaluate its samples.
 *
 * @param components the installed components
 * @param catalog the same, by kind
 * @param problems receives a problem for each metric that cannot
 */
record MetricChecks(
    ComponentRegistry components, ComponentCatalog catalog, ProblemCollector problems) {

  /**
   * Checks that each metric accepts at least one use of the networks.
   *
   * @param chosen the metrics as the recipe names them, in the same order
   */
  void check(
      List<BoundComponent<Metric>> metrics, List<ComponentChoice> chosen, TrainingGraph graph) {
    String data = graph.composition().dataset().origin().name();
    for (int i = 0; i < metrics.size(); i++) {
      ComponentChoice choice = chosen.get(i);
      MetricEvaluation.refusal(metrics.get(i).component(), graph.metricSubjects())
          .ifPresent(
              failure ->
                  problems.add(
                      choice.position(),
                      "The metric %s cannot evaluate %s: %s"
                          .formatted(
                              MessageText.quoted(choice.component().name()),
                              MessageText.quoted(data),
                              MessageText.withFullStop(failure.getMessage())),
                      fix(choice.position(), graph.metricSubjects())));
    }
  }

  private String fix(SourcePosition position, List<MetricSubject> subjects) {
    List<String> suitable = new ArrayList<>();
    for (ComponentInfo metric : catalog.ofKind(ComponentKind.METRIC)) {
      if (canEvaluate(metric, position, subjects)) {
        suitable.add(metric.name());
      }
    }
    return suitable.isEmpty()
        ? "Remove it; no installed metric can evaluate this recipe."
        : "Installed metrics for this recipe: " + MessageText.quoted(suitable, "and") + ".";
  }

  /** Whether a metric with its default options can evaluate a subject. */
  private boolean canEvaluate(
      ComponentInfo metric, SourcePosition position, List<MetricSubject> subjects) {
    YamlValue name = new Scalar(metric.bundle() + "/" + metric.name(), true, position);
    ProblemCollector ignored = new ProblemCollector();
    return new ComponentResolver(components, catalog, ignored)
        .resolve(ComponentKind.METRIC, name, RecipeFormat.METRICS)
        .flatMap(it -> new ComponentCreator(components, ignored).create(Metric.class, it))
        .filter(created -> MetricEvaluation.refusal(created.component(), subjects).isEmpty())
        .isPresent();
  }
}
