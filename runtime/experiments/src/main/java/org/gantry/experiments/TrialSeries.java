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
import org.gantry.experiments.definition.Experiment;
import org.gantry.experiments.definition.Variant;
import org.gantry.experiments.definition.VariantPoint;
import org.gantry.host.support.TextFiles;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.MetricCurve;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.TrainingListener;

/**
 * The trainings of an experiment. Each has its own run folder. A finished training is not repeated;
 * an interrupted one continues from its checkpoint.
 *
 * @param experiment the whole experiment; the trainings may be a part of it
 * @param folder the folder of the experiment; it contains the run folders {@code runs/POINT/seed-N}
 *     and the folder {@code cache}, which metrics share
 * @param trials the trainings, in order
 * @param steps the number of steps, if it differs from that in the recipes
 */
public record TrialSeries(
    Experiment experiment, Path folder, List<ExperimentTrial> trials, OptionalLong steps) {

  /** A training of a point under a seed. */
  public record ExperimentTrial(Variant variant, VariantPoint point, long seed) {

    /** Returns a short description for messages. */
    public String label() {
      return point.name() + ", seed " + seed;
    }
  }

  /** Follows a series. Its methods run on the training thread. */
  public interface SeriesListener {

    /**
     * Called when a training begins or continues.
     *
     * @param run the run folder
     * @param number the number of the training in the series, from 1
     * @return the listener of the training
     */
    TrainingListener trialStarted(ExperimentTrial trial, Path run, int number);

    /**
     * Called when a training has finished or failed.
     *
     * @param results all outcomes so far
     */
    void trialFinished(TrialOutcome outcome, List<TrialOutcome> results);
  }

  /** Copies the list. */
  public TrialSeries {
    trials = List.copyOf(trials);
  }

  /**
   * Returns all trainings of an experiment: every variant under the first seed, then under the
   * next.
   */
  public static List<ExperimentTrial> trials(Experiment experiment, List<Long> seeds) {
    List<ExperimentTrial> trials = new ArrayList<>();
    for (long seed : seeds) {
      for (Variant variant : experiment.variants()) {
        variant.points().forEach(point -> trials.add(new ExperimentTrial(variant, point, seed)));
      }
    }
    return trials;
  }

  /**
   * Returns the run folder of a training; of a recipe with stages, that of the last stage, which
   * may not have begun, or of an earlier one that failed.
   */
  public Path run(ExperimentTrial trial) {
    return folderOf(trial).result();
  }

  TrialFolder folderOf(ExperimentTrial trial) {
    return new TrialFolder(
        trial.point().folder(folder.resolve("runs")).resolve("seed-" + trial.seed()));
  }

  /** Returns the outcome of a finished or failed training; empty otherwise. Does not train. */
  public Optional<TrialOutcome> findOutcome(ExperimentTrial trial) {
    Path path = run(trial);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    RunFolder run = RunFolder.open(path);
    RunState state = run.state();
    if (state.status() == RunState.RunStatus.FAILED) {
      return Optional.of(outcome(trial, run, state, Optional.empty()));
    }
    Optional<EvaluationResult> evaluation = run.evaluation().filter(e -> e.step() == state.step());
    boolean whole = evaluation.isPresent() || !evaluates();
    return state.status() == RunState.RunStatus.DONE && whole
        ? Optional.of(outcome(trial, run, state, evaluation))
        : Optional.empty();
  }

  /**
   * Composes the recipe of every training to find mistakes before the first training starts. Keeps
   * no composition, because a composition holds its data in memory.
   *
   * @return the plugins that the trainings need
   * @throws RecipeException if a recipe is invalid, or the experiment uses a name that no recipe
   *     has
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
   * Runs the trainings that are not finished.
   *
   * @param stop checked after every step; the interrupted training can be continued
   * @return the outcomes of all finished and failed trainings
   * @throws RecipeException if a recipe is invalid, or no training has the value of a metric
   * @throws RunException if the folder contains trainings of other recipes or cannot be used
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
        unmeasured.addTrial(trial, folderOf(trial));
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
                unmeasured.addTrial(trial, folderOf(trial));
              });
    }
    return outcomes;
  }

  /**
   * Refuses a run that was trained with another recipe. The recorded recipe is resolved again, so
   * that an option that a component has gained since then does not count as a difference.
   */
  private void requireSame(ExperimentTrial trial, Recipes recipes) {
    TrialFolder trialFolder = folderOf(trial);
    Path path = trialFolder.path();
    if (!Files.exists(path)) {
      return;
    }
    try {
      String recorded = TextFiles.read(trialFolder.recipe());
      String wanted = trial.point().yaml(recipes, trial.seed(), steps);
      List<RecipeDifference> differences = RecipeDifference.affectingResults(recorded, wanted);
      if (!differences.isEmpty()) {
        differences = RecipeDifference.affectingResults(resolved(path, recorded, recipes), wanted);
      }
      if (!differences.isEmpty()) {
        RecipeDifference first = differences.get(0);
        throw new RunException(
            "%s was trained with another recipe: %s was %s there and is %s here; choose another folder for the experiment, or remove that run"
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
          .compose(new TrialFolder(run).recipe().toString(), List.of())
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
    TrialFolder trialFolder = folderOf(trial);
    try {
      Optional<StagedRecipe> staged =
          Files.exists(trialFolder.path())
              ? Optional.empty()
              : trial.point().composeStages(recipes, trial.seed(), steps);
      staged.ifPresent(trialFolder::prepare);
      if (Files.exists(trialFolder.path())) {
        trialFolder.resume(recipes, components, listener, stop);
      } else {
        trialFolder.begin(trial.point().compose(recipes, trial.seed(), steps), listener, stop);
      }
    } catch (RunException e) {
      Path run = trialFolder.result();
      if (!Files.exists(run) || RunFolder.open(run).state().status() != RunState.RunStatus.FAILED) {
        throw e;
      }
      return findOutcome(trial);
    }
    Path run = trialFolder.result();
    if (Files.exists(run)
        && RunFolder.open(run).state().status() == RunState.RunStatus.DONE
        && evaluates()) {
      trialFolder.evaluate(recipes, components, folder.resolve("cache"));
    }
    return findOutcome(trial);
  }

  /**
   * Refuses a record without the last step. Every training logs its last step, so such a record is
   * damaged.
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
          "%s is damaged: it ends at step %.0f, and the training at %d; remove %s to repeat the training"
              .formatted(run.metrics(), last, state.step(), run.path()));
    }
  }

  /** The remarks on the metrics of an evaluation. */
  private static List<String> remarks(EvaluationResult evaluation) {
    return evaluation.remarks().entrySet().stream()
        .map(e -> e.getKey().replaceFirst("/[^/]*$", "") + ": " + e.getValue())
        .distinct()
        .toList();
  }

  private TrialOutcome outcome(
      ExperimentTrial trial, RunFolder run, RunState state, Optional<EvaluationResult> evaluation) {
    Map<String, Double> figures = folderOf(trial).figures().orElse(Map.of());
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
        failed ? state.reason() : "",
        evaluation.map(TrialSeries::remarks).orElse(List.of()));
  }
}
