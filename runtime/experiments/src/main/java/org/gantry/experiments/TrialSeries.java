package org.gantry.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.PluginJar;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.MetricCurve;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.training.RunResumption;
import org.gantry.runs.training.TrainedRun;
import org.gantry.runs.training.TrainingRun;

/**
 * The trainings of an experiment, each in a run folder below one folder. What is finished there is
 * not trained again, and what was interrupted goes on from its checkpoint.
 *
 * @param experiment what was declared, of which these may be a part
 * @param folder where; {@code runs/POINT/seed-N} below it are run folders, and {@code cache} has
 *     what metrics share
 * @param trials which trainings, in order
 * @param steps how many steps to train instead of what the recipes say
 */
public record TrialSeries(
    Experiment experiment, Path folder, List<ExperimentTrial> trials, OptionalLong steps) {

  /** One training. */
  public record ExperimentTrial(Variant variant, VariantPoint point, long seed) {

    /** The training in a few words. */
    public String label() {
      return point.name() + ", seed " + seed;
    }
  }

  /** Follows a series, on the thread that trains. */
  public interface SeriesListener {

    /**
     * A training begins or is continued.
     *
     * @param run its folder
     * @param number which of all trainings it is, from 1
     * @return follows the training
     */
    TrainingListener trialStarted(ExperimentTrial trial, Path run, int number);

    /**
     * A training is over.
     *
     * @param results all that is known so far
     */
    void trialFinished(TrialOutcome outcome, List<TrialOutcome> results);
  }

  /** Copies the list. */
  public TrialSeries {
    trials = List.copyOf(trials);
  }

  /** All trainings of an experiment: every variant under the first seed, then under the next. */
  public static List<ExperimentTrial> trials(Experiment experiment, List<Long> seeds) {
    List<ExperimentTrial> trials = new ArrayList<>();
    for (long seed : seeds) {
      for (Variant variant : experiment.variants()) {
        variant.points().forEach(point -> trials.add(new ExperimentTrial(variant, point, seed)));
      }
    }
    return trials;
  }

  /** The run folder of a training. */
  public Path run(ExperimentTrial trial) {
    return trial.point().folder(folder.resolve("runs")).resolve("seed-" + trial.seed());
  }

  /** What is known of a training without training; empty if it is not over. */
  public Optional<TrialOutcome> findOutcome(ExperimentTrial trial) {
    Path path = run(trial);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    RunFolder run = RunFolder.open(path);
    RunState state = run.state();
    if (state.status() == RunState.RunStatus.FAILED) {
      return Optional.of(outcome(trial, run, state, Map.of()));
    }
    Optional<EvaluationResult> evaluation = run.evaluation().filter(e -> e.step() == state.steps());
    boolean whole = evaluation.isPresent() || !evaluates();
    return state.status() == RunState.RunStatus.DONE && whole
        ? Optional.of(
            outcome(trial, run, state, evaluation.map(EvaluationResult::figures).orElse(Map.of())))
        : Optional.empty();
  }

  /**
   * Composes what is to be trained, since better to know of a mistake now than after hours. Nothing
   * of that is kept, for a composition holds its data.
   *
   * @return the plugins that the trainings need
   * @throws RecipeException if a recipe cannot be used, or no recipe has what the experiment names
   */
  public List<PluginJar> validate(Recipes recipes) {
    Set<PluginJar> plugins = new LinkedHashSet<>();
    RecordedNames named = new RecordedNames();
    Set<VariantPoint> points = new HashSet<>();
    for (ExperimentTrial trial : trials) {
      if (points.add(trial.point())) {
        ComposedRecipe composed = trial.point().compose(recipes, trial.seed(), steps);
        plugins.addAll(composed.plugins());
        named.add(composed);
      }
    }
    if (experiment.variants().stream().allMatch(v -> points.containsAll(v.points()))) {
      named.require(experiment);
    }
    return List.copyOf(plugins);
  }

  private boolean evaluates() {
    return experiment.metrics().values().stream().anyMatch(m -> m.reduction().isEmpty());
  }

  /**
   * Does what is left to do.
   *
   * @param stop asked after every step; the training then under way can be continued
   * @return what came of every training that is over
   * @throws RecipeException if a recipe cannot be used, or no training has what a metric names
   * @throws RunException if the folder holds trainings of other recipes or cannot be used
   */
  public List<TrialOutcome> run(
      Recipes recipes,
      ComponentRegistry components,
      SeriesListener listener,
      BooleanSupplier stop) {
    List<TrialOutcome> outcomes = new ArrayList<>();
    UnmeasuredMetrics unmeasured = new UnmeasuredMetrics(experiment);
    for (int i = 0; i < trials.size(); i++) {
      ExperimentTrial trial = trials.get(i);
      requireSame(trial, recipes);
      Optional<TrialOutcome> known = findOutcome(trial);
      if (known.isPresent()) {
        outcomes.add(known.get());
        unmeasured.addTrial(trial, RunFolder.open(run(trial)));
        continue;
      }
      if (stop.getAsBoolean()) {
        continue;
      }
      train(trial, recipes, components, listener.trialStarted(trial, run(trial), i + 1), stop)
          .ifPresent(
              outcome -> {
                outcomes.add(outcome);
                listener.trialFinished(outcome, outcomes);
                unmeasured.addTrial(trial, RunFolder.open(run(trial)));
              });
    }
    return outcomes;
  }

  /**
   * A folder whose run was made with another recipe must not count. What was recorded is resolved
   * again, so that an option which a component has gained since then is no difference.
   */
  private void requireSame(ExperimentTrial trial, Recipes recipes) {
    Path path = run(trial);
    if (!Files.exists(path)) {
      return;
    }
    try {
      String recorded = Files.readString(RunFolder.open(path).recipe());
      String wanted = trial.point().compose(recipes, trial.seed(), steps).yaml();
      List<RecipeDifference> differences = RecipeDifference.affectingResults(recorded, wanted);
      if (!differences.isEmpty()) {
        differences = RecipeDifference.affectingResults(resolved(path, recorded, recipes), wanted);
      }
      if (!differences.isEmpty()) {
        RecipeDifference first = differences.get(0);
        throw new RunException(
            "%s was trained with another recipe: %s was %s there and is %s here; name another folder for the experiment, or remove that one"
                .formatted(
                    path,
                    first.path(),
                    first.before().orElse("absent"),
                    first.after().orElse("absent")));
      }
    } catch (IOException e) {
      throw new RunException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private static String resolved(Path run, String recorded, Recipes recipes) {
    try {
      return recipes
          .acceptingAnyVersion()
          .compose(RunFolder.open(run).recipe().toString(), List.of())
          .yaml();
    } catch (RecipeException e) {
      return recorded;
    }
  }

  private Optional<TrialOutcome> train(
      ExperimentTrial trial,
      Recipes recipes,
      ComponentRegistry components,
      TrainingListener listener,
      BooleanSupplier stop) {
    Path path = run(trial);
    try {
      if (!Files.exists(path)) {
        ComposedRecipe composed = trial.point().compose(recipes, trial.seed(), steps);
        new TrainingRun(RunFolder.create(path, composed), composed).run(listener, stop);
      } else if (RunFolder.open(path).state().status() != RunState.RunStatus.DONE) {
        try (RunResumption resumption = RunResumption.open(path, recipes, components, List.of())) {
          resumption.run(listener, stop);
        }
      }
    } catch (RunException e) {
      if (!Files.exists(path)
          || RunFolder.open(path).state().status() != RunState.RunStatus.FAILED) {
        throw e;
      }
      return findOutcome(trial);
    }
    if (RunFolder.open(path).state().status() == RunState.RunStatus.DONE && evaluates()) {
      try (TrainedRun run = TrainedRun.open(path, recipes, components, List.of())) {
        run.evaluate(run.composed().settings().evaluate(), folder.resolve("cache"));
      }
    }
    return findOutcome(trial);
  }

  /**
   * Every training logs its last step, so a record that ends before was damaged since, and what is
   * computed from it would be wrong.
   */
  private static void requireWhole(RunFolder run, RunState state, Map<String, MetricCurve> curves) {
    double last =
        curves.values().stream()
            .filter(curve -> !curve.points().isEmpty())
            .mapToDouble(curve -> curve.points().get(curve.points().size() - 1).step())
            .max()
            .orElse(0);
    if (last < state.step()) {
      throw new RunException(
          "%s is damaged: it ends at step %.0f, and the training at %d; remove %s, so that it is trained again"
              .formatted(run.metrics(), last, state.step(), run.path()));
    }
  }

  private TrialOutcome outcome(
      ExperimentTrial trial, RunFolder run, RunState state, Map<String, Double> figures) {
    Map<String, Double> values = new LinkedHashMap<>();
    boolean failed = state.status() == RunState.RunStatus.FAILED;
    Map<String, MetricCurve> curves = failed ? Map.of() : run.curves();
    if (!failed
        && experiment.metrics().values().stream().anyMatch(m -> m.reduction().isPresent())) {
      requireWhole(run, state, curves);
    }
    experiment
        .metrics()
        .forEach((name, measure) -> values.put(name, measure.extract(figures, curves)));
    return new TrialOutcome(
        trial.variant().label(),
        trial.point().name(),
        trial.seed(),
        values,
        state.step(),
        state.seconds(),
        failed ? state.reason() : "");
  }
}
