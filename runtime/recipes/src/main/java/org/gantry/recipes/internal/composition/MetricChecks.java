package org.gantry.recipes.internal.composition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.data.Dataset;
import org.gantry.metric.Metric;
import org.gantry.recipes.internal.format.ComponentCatalog;
import org.gantry.recipes.internal.format.ComponentChoice;
import org.gantry.recipes.internal.format.ComponentResolver;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.training.BoundComponent;

/**
 * Checks before the training begins that the metrics of a recipe can evaluate its data.
 *
 * @param components the installed components
 * @param catalog the same, by kind
 * @param problems receives a problem for each metric that cannot
 */
record MetricChecks(
    ComponentRegistry components, ComponentCatalog catalog, ProblemCollector problems) {

  /**
   * Checks each metric.
   *
   * @param chosen the metrics as the recipe names them, in the same order
   */
  void check(
      List<BoundComponent<Metric>> metrics,
      List<ComponentChoice> chosen,
      BoundComponent<Dataset> data) {
    for (int i = 0; i < metrics.size(); i++) {
      ComponentChoice choice = chosen.get(i);
      refusal(metrics.get(i).component(), data.component())
          .ifPresent(
              failure ->
                  problems.add(
                      choice.position(),
                      "The metric %s cannot evaluate %s: %s"
                          .formatted(
                              MessageText.quoted(choice.component().name()),
                              MessageText.quoted(data.origin().name()),
                              MessageText.withFullStop(failure.getMessage())),
                      fix(choice.position(), data.component())));
    }
  }

  private static Optional<UnusableComponentException> refusal(Metric metric, Dataset data) {
    try {
      metric.requireCompatible(data);
      return Optional.empty();
    } catch (UnusableComponentException e) {
      return Optional.of(e);
    }
  }

  private String fix(SourcePosition position, Dataset data) {
    List<String> suitable = new ArrayList<>();
    for (ComponentInfo metric : catalog.ofKind(ComponentKind.METRIC)) {
      if (canEvaluate(metric, position, data)) {
        suitable.add(metric.name());
      }
    }
    return suitable.isEmpty()
        ? "Remove it; no installed metric can evaluate these data."
        : "Installed metrics for these data: " + MessageText.quoted(suitable, "and") + ".";
  }

  /** Whether a metric with its default options can evaluate the data. */
  private boolean canEvaluate(ComponentInfo metric, SourcePosition position, Dataset data) {
    YamlValue name = new Scalar(metric.bundle() + "/" + metric.name(), true, position);
    try {
      return new ComponentResolver(components, catalog, new ProblemCollector())
          .resolve(ComponentKind.METRIC, name, RecipeFormat.METRICS)
          .map(it -> components.create(it.component(), Metric.class, it.options()))
          .filter(created -> refusal(created, data).isEmpty())
          .isPresent();
    } catch (ComponentException e) {
      return false;
    }
  }
}
