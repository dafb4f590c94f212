package org.gantry.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.experiments.definition.MetricDefinition;
import org.gantry.metric.QualityFigure;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.EarlyStopping;
import org.gantry.recipes.MetricEvaluation;
import org.gantry.recipes.TrainSettings.BestDirection;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;

/**
 * What a sweep measures: the most important figure of each metric of its recipe, and the value that
 * ranks its combinations.
 *
 * @param definitions by name; the value that ranks is the first
 * @param higherIsBetter whether higher values of the first one are better; empty if that is unknown
 */
public record SweepMetrics(
    Map<String, MetricDefinition> definitions, Optional<Boolean> higherIsBetter) {

  private static final String OPTION = "--sort";

  /** Copies the map, in its order. */
  public SweepMetrics {
    definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
  }

  /** The name of the value that ranks. */
  public String sortedBy() {
    return definitions.keySet().iterator().next();
  }

  /**
   * Selects the metrics.
   *
   * @param composed the recipe; of one with stages, the last stage
   * @param sort a metric, a figure such as {@code mode-coverage/modes}, or {@code last(NAME)} of a
   *     logged value; empty for the first metric of the recipe
   * @throws RecipeException if the recipe has no such metric
   */
  public static SweepMetrics of(ComposedRecipe composed, Optional<String> sort) {
    Map<String, String> firstFigures = new LinkedHashMap<>();
    Map<String, Boolean> directions = new LinkedHashMap<>();
    for (MetricEvaluation evaluation : composed.evaluations()) {
      String metric = evaluation.name();
      firstFigures.put(metric, metric);
      List<QualityFigure> figures =
          evaluation.metric().component().qualityFigures(evaluation.subject());
      for (QualityFigure figure : figures) {
        directions.putIfAbsent(metric + "/" + figure.name(), figure.higherIsBetter());
      }
      if (!figures.isEmpty()) {
        firstFigures.put(metric, metric + "/" + figures.get(0).name());
      }
    }
    EarlyStopping stopping = composed.settings().earlyStopping();
    if (stopping.isSet()) {
      directions.putIfAbsent(stopping.figure(), stopping.best() == BestDirection.HIGHEST);
    }
    ProblemCollector problems = new ProblemCollector();
    Optional<MetricDefinition> ranking =
        sort.isPresent()
            ? sortedBy(sort.get(), firstFigures, directions, problems)
            : firstFigures.values().stream().findFirst().map(SweepMetrics::figure);
    if (ranking.isEmpty() && problems.isEmpty()) {
      problems.add(
          position(OPTION),
          "The recipe has no metric that ranks the combinations.",
          "Add one with --set 'metrics=[NAME]', or rank by a logged value, such as"
              + " --sort 'last(generator/gradient-norm)'.");
    }
    problems.throwIfAny();
    Map<String, MetricDefinition> definitions = new LinkedHashMap<>();
    definitions.put(sort.filter(s -> s.contains("(")).orElse(ranking.get().name()), ranking.get());
    firstFigures.values().forEach(name -> definitions.putIfAbsent(name, figure(name)));
    return new SweepMetrics(
        definitions, Optional.ofNullable(directions.get(definitions.keySet().iterator().next())));
  }

  private static Optional<MetricDefinition> sortedBy(
      String sort,
      Map<String, String> firstFigures,
      Map<String, Boolean> directions,
      ProblemCollector problems) {
    SourcePosition position = position(OPTION + " " + sort);
    Optional<MetricDefinition> read = MetricDefinition.read(sort, position, problems);
    if (read.isEmpty() || read.get().reduction().isPresent()) {
      return read;
    }
    if (firstFigures.containsKey(sort)) {
      return Optional.of(figure(firstFigures.get(sort)));
    }
    String metric = sort.replaceFirst("/[^/]*$", "");
    List<String> declared =
        directions.keySet().stream().filter(f -> f.startsWith(metric + "/")).toList();
    // A figure that its metric does not declare may exist; the first evaluation shows it.
    if (firstFigures.containsKey(metric)
        && (declared.contains(sort) || NearestName.find(sort, declared).isEmpty())) {
      return read;
    }
    List<String> known = new ArrayList<>(firstFigures.keySet());
    known.addAll(directions.keySet());
    Optional<String> whole =
        directions.keySet().stream().filter(figure -> figure.endsWith("/" + sort)).findFirst();
    problems.addExpecting(
        position,
        "The recipe has no metric %s.".formatted(MessageText.quoted(sort)),
        known.isEmpty() ? "" : MessageText.quoted(known, "or"),
        whole
                .map(name -> "Did you mean " + MessageText.quoted(name) + "? ")
                .orElseGet(() -> NearestName.suggestion(sort, known))
            + (known.isEmpty()
                ? "It has no metrics; add one with --set 'metrics=[NAME]'."
                : "It has " + MessageText.quoted(known, "and") + "."));
    return Optional.empty();
  }

  private static MetricDefinition figure(String name) {
    return new MetricDefinition(Optional.empty(), name, position(OPTION + " " + name));
  }

  private static SourcePosition position(String words) {
    return new SourcePosition(words, 0, 0, Path.of(""));
  }
}
