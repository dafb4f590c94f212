package org.gantry.recipes.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.component.Kind;
import org.gantry.component.Misfit;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.Components;
import org.gantry.data.Dataset;
import org.gantry.metric.Metric;
import org.gantry.recipes.text.Place;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Value;
import org.gantry.recipes.text.Value.Scalar;
import org.gantry.recipes.text.Wording;
import org.gantry.training.BoundComponent;

/** Sees before hours of training whether a recipe's metrics can judge its data. */
record Judging(Components components, Catalog catalog, Problems problems) {

  /**
   * Adds a problem for each metric that cannot.
   *
   * @param chosen what the recipe says of the metrics, one each
   */
  void check(
      List<BoundComponent<Metric>> metrics, List<Choice> chosen, BoundComponent<Dataset> data) {
    for (int i = 0; i < metrics.size(); i++) {
      Choice choice = chosen.get(i);
      refusal(metrics.get(i).component(), data.component())
          .ifPresent(
              misfit ->
                  problems.add(
                      choice.place(),
                      "The metric %s cannot judge %s: %s"
                          .formatted(
                              Wording.quoted(choice.component().name()),
                              Wording.quoted(data.origin().name()),
                              Wording.withStop(misfit.getMessage())),
                      fix(choice.place(), data.component())));
    }
  }

  private static Optional<Misfit> refusal(Metric metric, Dataset data) {
    try {
      metric.check(data);
      return Optional.empty();
    } catch (Misfit e) {
      return Optional.of(e);
    }
  }

  private String fix(Place place, Dataset data) {
    List<String> able = new ArrayList<>();
    for (ComponentInfo metric : catalog.of(Kind.METRIC)) {
      if (judges(metric, place, data)) {
        able.add(metric.name());
      }
    }
    return able.isEmpty()
        ? "No installed metric judges these data, so remove it."
        : "Installed metrics that judge these data: " + Wording.quoted(able, "and") + ".";
  }

  /** Whether it does so with the options that it has when a recipe says nothing of them. */
  private boolean judges(ComponentInfo metric, Place place, Dataset data) {
    Value name = new Scalar(metric.bundle() + "/" + metric.name(), true, place);
    try {
      return new Chooser(components, catalog, new Problems())
          .choose(Kind.METRIC, name, RecipeFormat.METRICS)
          .map(it -> components.create(it.component(), Metric.class, it.options()))
          .filter(created -> refusal(created, data).isEmpty())
          .isPresent();
    } catch (ComponentException e) {
      return false;
    }
  }
}
