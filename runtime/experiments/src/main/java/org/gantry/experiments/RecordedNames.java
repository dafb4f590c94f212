package org.gantry.experiments;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gantry.recipes.Composed;
import org.gantry.recipes.Guard;
import org.gantry.recipes.text.Nearest;
import org.gantry.recipes.text.Place;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Wording;
import org.gantry.runs.MetricCurve;

/** What the recipes of an experiment evaluate and log, and so what the experiment can name. */
final class RecordedNames {

  private final Set<String> evaluated = new TreeSet<>();
  private final Set<String> logged = new TreeSet<>();
  private boolean changesDuringTraining;

  void add(Composed composed) {
    composed.metrics().forEach(metric -> evaluated.add(metric.origin().name()));
    logged.addAll(MetricCurve.namesOf(composed.graph()));
    changesDuringTraining |=
        !composed.schedule().isEmpty() || composed.guards().stream().anyMatch(Guard::adds);
  }

  /**
   * Holds an experiment against all of its recipes.
   *
   * @throws org.gantry.recipes.RecipeException if it names what none of them has
   */
  void require(Experiment experiment) {
    Problems problems = new Problems();
    for (MetricDefinition measure : experiment.metrics().values()) {
      if (measure.reduction().isPresent()) {
        requireLogged(measure.place(), measure.name(), problems);
      } else {
        requireEvaluated(measure, problems);
      }
    }
    for (ChartSpec chart : experiment.charts()) {
      if (chart.type() == ChartSpec.ChartType.CURVE) {
        requireLogged(chart.place(), chart.valueName(), problems);
      }
    }
    problems.refuse();
  }

  private void requireEvaluated(MetricDefinition measure, Problems problems) {
    String judge = measure.name().replaceFirst("/.*", "");
    if (!evaluated.contains(judge.replaceFirst("-[0-9]+$", ""))) {
      problems.add(
          measure.place(),
          "No recipe of the experiment is judged by a metric " + Wording.quoted(judge) + ".",
          Nearest.hint(judge, evaluated)
              + "What 'metrics:' of the recipe names is evaluated; a value that is logged is"
              + " 'last(NAME)'.");
    }
  }

  private void requireLogged(Place place, String name, Problems problems) {
    // What changes on the way may bring values that no recipe begins with.
    if (!changesDuringTraining && !logged.contains(name)) {
      problems.add(
          place,
          "No recipe of the experiment logs " + Wording.quoted(name) + ".",
          Nearest.hint(name, logged)
              + "There are "
              + Wording.quoted(List.copyOf(logged), "and")
              + ".");
    }
  }
}
