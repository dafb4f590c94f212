package org.gantry.experiments;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gantry.experiments.definition.ChartSpec;
import org.gantry.experiments.definition.Experiment;
import org.gantry.experiments.definition.MetricDefinition;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.WatchdogRule;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.runs.MetricCurve;

/**
 * The names of what the recipes of an experiment evaluate and log. The experiment may use these.
 */
final class RecordedNames {

  private final Set<String> evaluated = new TreeSet<>();
  private final Set<String> logged = new TreeSet<>();
  private boolean changesDuringTraining;
  private boolean evaluatesDuringTraining;

  void add(ComposedRecipe composed) {
    evaluatesDuringTraining |= composed.settings().evaluateEvery() > 0;
    composed.metrics().forEach(metric -> evaluated.add(metric.origin().name()));
    logged.addAll(MetricCurve.namesOf(composed.graph()));
    changesDuringTraining |=
        !composed.schedule().isEmpty()
            || composed.watchdogs().stream().anyMatch(WatchdogRule::addsRegularizer);
  }

  /**
   * Checks the names that an experiment uses.
   *
   * @throws org.gantry.recipes.text.RecipeException if the experiment uses a name that none of its
   *     recipes has
   */
  void require(Experiment experiment) {
    ProblemCollector problems = new ProblemCollector();
    for (MetricDefinition metric : experiment.metrics().values()) {
      if (metric.reduction().isPresent()) {
        requireLogged(metric.position(), metric.name(), problems);
      } else {
        requireEvaluated(metric, problems);
      }
    }
    for (ChartSpec chart : experiment.charts()) {
      if (chart.type() == ChartSpec.ChartType.CURVE) {
        requireLogged(chart.position(), chart.valueName(), problems);
      }
    }
    problems.throwIfAny();
  }

  private void requireEvaluated(MetricDefinition metric, ProblemCollector problems) {
    String component = component(metric.name());
    if (!isEvaluated(component) && !isEvaluated(metric.name().replaceFirst(".*/", ""))) {
      problems.add(
          metric.position(),
          "No recipe of the experiment has the metric " + MessageText.quoted(component) + ".",
          NearestName.suggestion(component, evaluated)
              + "Add it to 'metrics:' of the recipe, or write 'last(NAME)' for a logged value.");
    }
  }

  /** The metric of METRIC/FIGURE, or of USE/METRIC/FIGURE of networks with several uses. */
  private static String component(String figure) {
    return figure.replaceFirst("/[^/]*$", "").replaceFirst(".*/", "");
  }

  private boolean isEvaluated(String component) {
    return evaluated.contains(component.replaceFirst("-[0-9]+$", ""));
  }

  private void requireLogged(SourcePosition place, String name, ProblemCollector problems) {
    // Changes during the training may add values that no recipe has at first.
    boolean figure = evaluatesDuringTraining && isEvaluated(component(name));
    if (!changesDuringTraining && !figure && !logged.contains(name)) {
      problems.add(
          place,
          "No recipe of the experiment logs " + MessageText.quoted(name) + ".",
          NearestName.suggestion(name, logged)
              + "Logged are "
              + MessageText.quoted(List.copyOf(logged), "and")
              + ".");
    }
  }
}
