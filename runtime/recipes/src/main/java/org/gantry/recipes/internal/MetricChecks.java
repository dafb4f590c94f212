package org.gantry.recipes.internal;

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
import org.gantry.recipes.text.MessageWording;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.training.BoundComponent;

/** Sees before hours of training whether a recipe's metrics can judge its data. */
record MetricChecks(
    ComponentRegistry components, ComponentCatalog catalog, ProblemCollector problems) {

  /**
   * Adds a problem for each metric that cannot.
   *
   * @param chosen what the recipe says of the metrics, one each
   */
  void check(
      List<BoundComponent<Metric>> metrics,
      List<ComponentChoice> chosen,
      BoundComponent<Dataset> data) {
    for (int i = 0; i < metrics.size(); i++) {
      ComponentChoice choice = chosen.get(i);
      refusal(metrics.get(i).component(), data.component())
          .ifPresent(
              misfit ->
                  problems.add(
                      choice.position(),
                      "The metric %s cannot judge %s: %s"
                          .formatted(
                              MessageWording.quoted(choice.component().name()),
                              MessageWording.quoted(data.origin().name()),
                              MessageWording.withFullStop(misfit.getMessage())),
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

  private String fix(SourcePosition place, Dataset data) {
    List<String> able = new ArrayList<>();
    for (ComponentInfo metric : catalog.ofKind(ComponentKind.METRIC)) {
      if (judges(metric, place, data)) {
        able.add(metric.name());
      }
    }
    return able.isEmpty()
        ? "No installed metric judges these data, so remove it."
        : "Installed metrics that judge these data: " + MessageWording.quoted(able, "and") + ".";
  }

  /** Whether it does so with the options that it has when a recipe says nothing of them. */
  private boolean judges(ComponentInfo metric, SourcePosition place, Dataset data) {
    YamlValue name = new Scalar(metric.bundle() + "/" + metric.name(), true, place);
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
