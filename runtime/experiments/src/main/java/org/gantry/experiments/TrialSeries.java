package org.gantry.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
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
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.EvaluationResult;
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
   * Returns the run folder with the results of a training; of a recipe with stages, that of the
   * last stage.
   */
  public Path run(ExperimentTrial trial) {
    return runOf(trial).results();
  }

  private TrialRun runOf(ExperimentTrial trial) {
    return new TrialRun(
        trial.point().folder(folder.resolve("runs")).resolve("seed-" + trial.seed()));
  }

  /** The training whose weights another one takes. */
  private Optional<ExperimentTrial> trained(ExperimentTrial trial) {
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
        Optional<StagedRecipe> stages = recipeOf(trial).stages(recipes);
        stages.ifPresent(s -> s.stages().values().forEach(c -> plugins.addAll(c.plugins())));
        ComposedRecipe composed =
            stages.map(StagedRecipe::last).orElseGet(() -> recipeOf(trial).composed(recipes));
        plugins.addAll(composed.plugins());
        named.add(composed);
        trained(trial)
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
        unmeasured.addTrial(
            trial, RunFolder.open(run(trial)), runOf(trial).earlierFigures().keySet());
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
                unmeasured.addTrial(
                    trial, RunFolder.open(run(trial)), runOf(trial).earlierFigures().keySet());
              });
    }
    return outcomes;
  }

  /**
   * Refuses a run that was trained with another recipe. The recorded recipe is resolved again, so
   * that an option that a component has gained since then does not count as a difference.
   */
  private void requireSame(ExperimentTrial trial, Recipes recipes) {
    TrialRun run = runOf(trial);
    if (!run.exists()) {
      return;
    }
    Optional<ExperimentTrial> of = trained(trial);
    if (of.isPresent()) {
      borrowed(trial, of.get()).requireSame(recipeOf(trial).composed(recipes).yaml());
      return;
    }
    try {
      String recorded = run.recordedRecipe();
      String wanted = recipeOf(trial).yaml(recipes);
      List<RecipeDifference> differences = RecipeDifference.affectingResults(recorded, wanted);
      if (!differences.isEmpty()) {
        differences = RecipeDifference.affectingResults(resolved(run, recorded, recipes), wanted);
      }
      if (!differences.isEmpty()) {
        RecipeDifference first = differences.get(0);
        throw new RunException(
            "%s was trained with another recipe: %s was %s there and is %s here; choose another folder for the experiment, or remove that run"
                .formatted(
                    run.root(),
                    first.path(),
                    first.before().orElse("absent"),
                    first.after().orElse("absent")));
      }
    } catch (IOException e) {
      throw new RunException("cannot read " + run.root() + ": " + e.getMessage(), e);
    }
  }

  private static String resolved(TrialRun run, String recorded, Recipes recipes) {
    String file = run.recipeFile().toString();
    Recipes any = recipes.acceptingAnyVersion();
    try {
      return any.composeStages(file, List.of())
          .map(StagedRecipe::yaml)
          .orElseGet(() -> any.compose(file, List.of()).yaml());
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
    Optional<ExperimentTrial> of = trained(trial);
    if (of.isPresent()) {
      requireTrained(trial, of.get());
      borrowed(trial, of.get()).evaluate(recipes, components, folder.resolve("cache"));
      return findOutcome(trial);
    }
    try {
      runOf(trial).train(recipeOf(trial), recipes, components, listener, stop);
    } catch (RunException e) {
      Path path = run(trial);
      if (!Files.exists(path)
          || RunFolder.open(path).state().status() != RunState.RunStatus.FAILED) {
        throw e;
      }
      return findOutcome(trial);
    }
    Path path = run(trial);
    if (Files.exists(path)
        && RunFolder.open(path).state().status() == RunState.RunStatus.DONE
        && evaluates()) {
      runOf(trial).evaluate(recipes, components, folder.resolve("cache"));
    }
    return findOutcome(trial);
  }

  private void requireTrained(ExperimentTrial trial, ExperimentTrial of) {
    Optional<TrialOutcome> outcome = findOutcome(of);
    if (outcome.isEmpty() || !outcome.get().failure().isEmpty()) {
      throw new RunException(
          "%s takes the weights of %s, which is not trained".formatted(trial.label(), of.label()));
    }
  }
}
