package org.gantry.runs.internal.loop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.EarlyStopping;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.TrainSettings;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.internal.store.BestCheckpoint;
import org.gantry.runs.internal.store.BestCheckpoint.ReportedMean;
import org.gantry.runs.internal.store.FigureProgress;
import org.gantry.runs.internal.store.TrainingHealth;

/** The mutable state of one training, apart from its networks: step, recipe, changes, watchdogs. */
public final class TrainingState {

  /**
   * Where a training begins.
   *
   * @param step the number of completed steps
   * @param seconds the training time of these steps
   * @param resumeCount how often the run was resumed
   * @param created when the run began; dates its events
   * @param health what the checkpoint recorded about watchdogs and changes
   */
  public record StartPoint(
      long step, double seconds, int resumeCount, Instant created, TrainingHealth health) {

    /** The start of a new training. */
    public static StartPoint first(Instant created) {
      return new StartPoint(0, 0, 0, created, TrainingHealth.INITIAL);
    }
  }

  private final RunFolder folder;
  private final TrainSettings settings;
  private final LongSupplier nanoTime;
  private final long startTime;
  private final StartPoint start;
  private final Optional<BestCheckpoint> best;
  private Optional<ComposedRecipe> recipe;
  private List<Change> changes;
  private int scheduledDone;
  private long eventCount;
  private ReportedMean mean;
  private FigureProgress progress;
  private Map<String, Double> figures = Map.of();
  private WatchdogRunner watchdogs;
  private long step;

  /**
   * Creates the state at the start of a training.
   *
   * @param settings the number of steps and the intervals of artefacts
   * @param recipe the recipe without changes that took effect; empty if nothing can change
   * @param nanoTime a monotonic clock
   */
  public TrainingState(
      RunFolder folder,
      TrainSettings settings,
      Optional<ComposedRecipe> recipe,
      LongSupplier nanoTime,
      StartPoint start) {
    this.folder = folder;
    this.settings = settings;
    this.recipe = recipe;
    this.nanoTime = nanoTime;
    this.startTime = nanoTime.getAsLong();
    this.start = start;
    this.best = BestCheckpoint.of(settings);
    restore(start.step(), start.health());
    restartMean();
  }

  /** Goes to the step of a checkpoint. */
  void restore(long checkpoint, TrainingHealth health) {
    step = checkpoint;
    changes = new ArrayList<>(health.changes());
    scheduledDone = health.scheduledDone();
    eventCount = health.eventCount();
    mean = health.mean();
    progress = health.progress();
    figures = Map.of();
    watchdogs = new WatchdogRunner(recipe.map(ComposedRecipe::watchdogs).orElse(List.of()), health);
  }

  /** The folder of the run. */
  public RunFolder folder() {
    return folder;
  }

  /** The settings of the recipe. */
  public TrainSettings settings() {
    return settings;
  }

  /** Where the training began. */
  public StartPoint start() {
    return start;
  }

  /** The number of completed steps. */
  public long step() {
    return step;
  }

  /** The total number of steps. */
  public long steps() {
    return recipe.map(ComposedRecipe::totalSteps).orElse(settings.steps());
  }

  /** Whether all steps are complete. */
  boolean isDone() {
    return step >= steps();
  }

  /** Whether something with an interval is due at this step; never if the interval is 0. */
  public boolean isDue(long every) {
    return every > 0 && step % every == 0;
  }

  /** The training time in seconds, including the time before a resumption. */
  public double seconds() {
    return start.seconds() + (nanoTime.getAsLong() - startTime) / 1e9;
  }

  /** The position in words, for messages. */
  String positionText() {
    return step == 0 ? "at its start" : "after step " + step;
  }

  /** Completes a step that reported some values. */
  void advance(Map<String, Double> values) {
    best.filter(b -> b.isIn(values) || settings.evaluateEvery() == 0)
        .ifPresent(b -> mean = mean.with(b.valueIn(values)));
    figures = Map.of();
    step++;
  }

  /**
   * Adds an evaluation at the current step. Only scheduled ones select the best checkpoint and stop
   * the training.
   *
   * @param values the values of the step
   * @throws RunException if the evaluation lacks a figure that decides
   */
  void addFigures(Map<String, Double> evaluated, Map<String, Double> values) {
    figures = evaluated;
    boolean scheduled = isDue(settings.evaluateEvery());
    best.filter(b -> !b.isIn(values))
        .map(b -> b.valueIn(evaluated))
        .filter(value -> scheduled)
        .ifPresent(value -> mean = mean.with(value));
    EarlyStopping rule = settings.earlyStopping();
    if (rule.isSet()) {
      Double value = evaluated.get(rule.figure());
      if (value == null) {
        throw new RunException(
            "train.early-stopping names %s, which no metric gives; the figures are %s"
                .formatted(rule.figure(), String.join(", ", evaluated.keySet())));
      }
      if (scheduled) {
        progress = progress.with(value, rule);
      }
    }
  }

  /** The figures of an evaluation at the current step; empty without one. */
  public Map<String, Double> figures() {
    return figures;
  }

  /** Why the training stops before its last step, as a sentence; empty if it does not. */
  Optional<String> earlyStop() {
    EarlyStopping rule = settings.earlyStopping();
    return progress.isExhausted(rule) && !isDone()
        ? Optional.of(progress.reason(rule, step))
        : Optional.empty();
  }

  /** Selects the best checkpoint, if the recipe keeps one. */
  Optional<BestCheckpoint> best() {
    return best;
  }

  /** Restarts the mean that selects the best checkpoint, if a checkpoint is scheduled here. */
  void restartMean() {
    if (best.filter(b -> b.isScheduled(step)).isPresent()) {
      mean = ReportedMean.EMPTY;
    }
  }

  /** The recipe with its schedule of changes, without the changes that took effect. */
  Optional<ComposedRecipe> recipe() {
    return recipe;
  }

  /** Continues with a recipe that schedules other changes. */
  void setRecipe(ComposedRecipe next) {
    recipe = Optional.of(next);
  }

  /** A copy of the changes that took effect, in order. */
  List<Change> changes() {
    return new ArrayList<>(changes);
  }

  /** Records changes that took effect. */
  void addChanges(List<Change> more) {
    changes.addAll(more);
  }

  /** How many scheduled changes of the recipe took effect. */
  int scheduledDone() {
    return scheduledDone;
  }

  /** Records a scheduled change. Watchdogs forget, because they remember another training. */
  void addScheduled(Change change) {
    changes.add(change);
    scheduledDone++;
    watchdogs.forget();
  }

  /** The number of the next line in the history. */
  long nextEvent() {
    return ++eventCount;
  }

  WatchdogRunner watchdogs() {
    return watchdogs;
  }

  /** Whether a checkpoint must record the health. */
  boolean hasHealth() {
    return !watchdogs.isEmpty()
        || scheduledDone > 0
        || best.isPresent()
        || settings.earlyStopping().isSet();
  }

  /** What a checkpoint records about watchdogs and changes. */
  TrainingHealth health() {
    return watchdogs.health(changes, scheduledDone, eventCount, mean, progress);
  }
}
