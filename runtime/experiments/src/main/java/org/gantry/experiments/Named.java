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
final class Named {

  private final Set<String> judges = new TreeSet<>();
  private final Set<String> logged = new TreeSet<>();
  private boolean changing;

  void add(Composed composed) {
    composed.metrics().forEach(metric -> judges.add(metric.origin().name()));
    logged.addAll(MetricCurve.namesOf(composed.graph()));
    changing |= !composed.schedule().isEmpty() || composed.guards().stream().anyMatch(Guard::adds);
  }

  /**
   * Holds an experiment against all of its recipes.
   *
   * @throws org.gantry.recipes.RecipeException if it names what none of them has
   */
  void require(Experiment experiment) {
    Problems problems = new Problems();
    for (Measure measure : experiment.metrics().values()) {
      if (measure.of().isPresent()) {
        requireLogged(measure.place(), measure.name(), problems);
      } else {
        requireJudged(measure, problems);
      }
    }
    for (Chart chart : experiment.charts()) {
      if (chart.content() == Chart.Content.CURVE) {
        requireLogged(chart.place(), chart.of(), problems);
      }
    }
    problems.refuse();
  }

  private void requireJudged(Measure measure, Problems problems) {
    String judge = measure.name().replaceFirst("/.*", "");
    if (!judges.contains(judge.replaceFirst("-[0-9]+$", ""))) {
      problems.add(
          measure.place(),
          "No recipe of the experiment is judged by a metric " + Wording.quoted(judge) + ".",
          Nearest.hint(judge, judges)
              + "What 'metrics:' of the recipe names is evaluated; a value that is logged is"
              + " 'last(NAME)'.");
    }
  }

  private void requireLogged(Place place, String name, Problems problems) {
    // What changes on the way may bring values that no recipe begins with.
    if (!changing && !logged.contains(name)) {
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
