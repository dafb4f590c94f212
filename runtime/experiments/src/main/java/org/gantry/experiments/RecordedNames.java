package org.gantry.experiments;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.WatchdogRule;
import org.gantry.recipes.text.MessageWording;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.runs.MetricCurve;

/** What the recipes of an experiment evaluate and log, and so what the experiment can name. */
final class RecordedNames {

  private final Set<String> evaluated = new TreeSet<>();
  private final Set<String> logged = new TreeSet<>();
  private boolean changesDuringTraining;

  void add(ComposedRecipe composed) {
    composed.metrics().forEach(metric -> evaluated.add(metric.origin().name()));
    logged.addAll(MetricCurve.namesOf(composed.graph()));
    changesDuringTraining |=
        !composed.schedule().isEmpty()
            || composed.watchdogs().stream().anyMatch(WatchdogRule::addsRegularizer);
  }

  /**
   * Holds an experiment against all of its recipes.
   *
   * @throws org.gantry.recipes.text.RecipeException if it names what none of them has
   */
  void require(Experiment experiment) {
    ProblemCollector problems = new ProblemCollector();
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
    problems.throwIfAny();
  }

  private void requireEvaluated(MetricDefinition measure, ProblemCollector problems) {
    String judge = measure.name().replaceFirst("/.*", "");
    if (!evaluated.contains(judge.replaceFirst("-[0-9]+$", ""))) {
      problems.add(
          measure.place(),
          "No recipe of the experiment is judged by a metric " + MessageWording.quoted(judge) + ".",
          NearestName.suggestion(judge, evaluated)
              + "What 'metrics:' of the recipe names is evaluated; a value that is logged is"
              + " 'last(NAME)'.");
    }
  }

  private void requireLogged(SourcePosition place, String name, ProblemCollector problems) {
    // What changes on the way may bring values that no recipe begins with.
    if (!changesDuringTraining && !logged.contains(name)) {
      problems.add(
          place,
          "No recipe of the experiment logs " + MessageWording.quoted(name) + ".",
          NearestName.suggestion(name, logged)
              + "There are "
              + MessageWording.quoted(List.copyOf(logged), "and")
              + ".");
    }
  }
}
