package org.gantry.experiments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.gantry.components.ComponentRegistry;
import org.gantry.experiments.definition.Experiment;
import org.gantry.experiments.definition.Variant;
import org.gantry.experiments.definition.VariantPoint;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.EvaluationResult;
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

  /**
   * Follows a series. Its methods run on the threads that train, one call at a time; those of the
   * listeners of trainings run at any time.
   */
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
   * Returns the run folder with the results of a training; of a recipe with stages, that of the
   * last stage.
   */
  public Path run(ExperimentTrial trial) {
    return runOf(trial).results();
  }

  TrialRun runOf(ExperimentTrial trial) {
    return new TrialRun(
        trial.point().folder(folder.resolve("runs")).resolve("seed-" + trial.seed()));
  }

  /** The training whose weights another one takes. */
  Optional<ExperimentTrial> source(ExperimentTrial trial) {
    return trial
        .variant()
        .weightsOf()
        .flatMap(
            label ->
                experiment.variants().stream().filter(v -> v.label().equals(label)).findFirst())
        .map(variant -> new ExperimentTrial(variant, variant.points().get(0), trial.seed()));
  }

  private BorrowedRun borrowed(ExperimentTrial trial, ExperimentTrial of) {
    return new BorrowedRun(
        runOf(trial).root(),
        new RunFolder(run(of)),
        BorrowedRun.changes(trial.point(), of.point()));
  }

  private TrialRecipe recipeOf(ExperimentTrial trial) {
    return new TrialRecipe(trial.point(), trial.seed(), steps);
  }

  /** Returns the outcome of a finished or failed training; empty otherwise. Does not train. */
  public Optional<TrialOutcome> findOutcome(ExperimentTrial trial) {
    Path path = run(trial);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    RunFolder run = RunFolder.open(path);
    RunState state = run.state();
    OutcomeReader reader = new OutcomeReader(experiment);
    if (state.status() == RunState.RunStatus.FAILED) {
      return Optional.of(reader.outcome(trial, run, state, Optional.empty(), Map.of()));
    }
    Optional<EvaluationResult> evaluation = run.evaluation().filter(e -> e.step() == state.step());
    boolean whole = evaluation.isPresent() || !evaluates();
    return state.status() == RunState.RunStatus.DONE && whole
        ? Optional.of(reader.outcome(trial, run, state, evaluation, runOf(trial).earlierFigures()))
        : Optional.empty();
  }

  /**
   * Composes the recipe of every training to find mistakes before the first training starts. Keeps
   * no composition, because a composition holds its data in memory.
   *
   * @return what the trainings need
   * @throws RecipeException if a recipe is invalid, or the experiment uses a name that no recipe
   *     has
   */
  public SeriesRequirements validate(Recipes recipes) {
    SeriesRequirements needed = SeriesRequirements.NONE;
    RecordedNames named = new RecordedNames();
    Set<VariantPoint> points = new HashSet<>();
    for (ExperimentTrial trial : trials) {
      if (points.add(trial.point())) {
        Optional<StagedRecipe> stages = recipeOf(trial).stages(recipes);
        ComposedRecipe composed =
            stages.map(StagedRecipe::last).orElseGet(() -> recipeOf(trial).composed(recipes));
        for (ComposedRecipe stage :
            stages.map(s -> s.stages().values()).orElse(List.of(composed))) {
          needed = needed.with(stage);
        }
        named.add(composed);
        source(trial)
            .ifPresent(
                of ->
                    BorrowedRun.requireSameTraining(
                        trial.variant().label(),
                        trial.point(),
                        recipeOf(trial).yaml(recipes),
                        recipeOf(of).yaml(recipes)));
      }
    }
    if (experiment.variants().stream().allMatch(v -> points.containsAll(v.points()))) {
      named.require(experiment);
    }
    return needed;
  }

  private boolean evaluates() {
    return experiment.metrics().values().stream().anyMatch(m -> m.reduction().isEmpty());
  }

  /**
   * Runs the trainings that are not finished. Each has a thread of its own while it runs, and the
   * number of threads of the engine that it has alone, so its results are the same.
   *
   * @param parallel the number of trainings side by side, at least 1
   * @param stop checked after every step; the interrupted training can be continued
   * @return the outcomes of all finished and failed trainings, in the order of the series
   * @throws RecipeException if a recipe is invalid, or no training has the value of a metric
   * @throws RunException if the folder contains trainings of other recipes or cannot be used
   */
  public List<TrialOutcome> run(
      Recipes recipes,
      ComponentRegistry components,
      SeriesListener listener,
      int parallel,
      BooleanSupplier stop) {
    return new SeriesRun(this, recipes, components, listener, stop).run(parallel);
  }

  /** Refuses a run that was trained or evaluated with another recipe. */
  void requireSame(ExperimentTrial trial, Recipes recipes) {
    if (!runOf(trial).exists()) {
      return;
    }
    Optional<ExperimentTrial> of = source(trial);
    if (of.isPresent()) {
      borrowed(trial, of.get()).requireSame(recipeOf(trial).composed(recipes).yaml());
    } else {
      runOf(trial).requireSame(recipeOf(trial).yaml(recipes), recipes);
    }
  }

  /**
   * Trains, and evaluates the networks if the experiment measures figures.
   *
   * @param evaluations runs an evaluation; metrics share a cache, so only one may run at a time
   * @return the outcome; empty if the training was interrupted
   */
  Optional<TrialOutcome> train(
      ExperimentTrial trial,
      Recipes recipes,
      ComponentRegistry components,
      TrainingListener listener,
      Consumer<Runnable> evaluations,
      BooleanSupplier stop) {
    Optional<ExperimentTrial> of = source(trial);
    Path cache = folder.resolve("cache");
    if (of.isPresent()) {
      requireTrained(trial, of.get());
      evaluations.accept(() -> borrowed(trial, of.get()).evaluate(recipes, components, cache));
      return findOutcome(trial);
    }
    try {
      runOf(trial).train(recipeOf(trial), recipes, components, listener, stop);
    } catch (RunException e) {
      if (!statusOf(trial).equals(Optional.of(RunState.RunStatus.FAILED))) {
        throw e;
      }
      return findOutcome(trial);
    }
    if (evaluates() && statusOf(trial).equals(Optional.of(RunState.RunStatus.DONE))) {
      evaluations.accept(() -> runOf(trial).evaluate(recipes, components, cache));
    }
    return findOutcome(trial);
  }

  private Optional<RunState.RunStatus> statusOf(ExperimentTrial trial) {
    Path path = run(trial);
    return Files.exists(path)
        ? Optional.of(RunFolder.open(path).state().status())
        : Optional.empty();
  }

  /**
   * Requires the weights that a trial takes.
   *
   * @param of its {@link #source}
   * @throws RunException if that training is not finished, or has failed
   */
  void requireTrained(ExperimentTrial trial, ExperimentTrial of) {
    Optional<TrialOutcome> outcome = findOutcome(of);
    if (outcome.isEmpty() || !outcome.get().failure().isEmpty()) {
      throw new RunException(
          "%s takes the weights of %s, which is not trained".formatted(trial.label(), of.label()));
    }
  }
}
