package org.gantry.runs.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.TrainSettings;
import org.gantry.runs.RunFolder;

/** Where a training stands: its step, its recipe, and what its watchdogs remember. */
final class TrainingState {

  private final RunFolder folder;
  private final TrainSettings settings;
  private final LongSupplier nanoTime;
  private final StartPoint start;
  private final long startTime;
  private Optional<ComposedRecipe> base;
  private WatchdogRunner watch;
  private long step;

  /**
   * Stands where a training takes up.
   *
   * @param settings how many steps, and what to write how often
   * @param base the recipe, without what remedies changed; empty where nothing can change
   * @param nanoTime the clock; one that no clock change moves
   */
  TrainingState(
      RunFolder folder,
      TrainSettings settings,
      Optional<ComposedRecipe> base,
      LongSupplier nanoTime,
      StartPoint start) {
    this.folder = folder;
    this.settings = settings;
    this.base = base;
    this.nanoTime = nanoTime;
    this.start = start;
    this.startTime = nanoTime.getAsLong();
    this.watch =
        new WatchdogRunner(base.map(ComposedRecipe::watchdogs).orElse(List.of()), start.health());
    this.step = start.step();
  }

  RunFolder folder() {
    return folder;
  }

  TrainSettings settings() {
    return settings;
  }

  StartPoint start() {
    return start;
  }

  /** The recipe, without what remedies changed; empty where nothing can change. */
  Optional<ComposedRecipe> base() {
    return base;
  }

  /** Goes on with a recipe that plans other changes. */
  void base(ComposedRecipe next) {
    base = Optional.of(next);
  }

  WatchdogRunner watch() {
    return watch;
  }

  /** The steps that lie behind. */
  long step() {
    return step;
  }

  /** One more step lies behind. */
  void advance() {
    step++;
  }

  /** Stands at an earlier step again. */
  void rollBack(long to, TrainingHealth health) {
    step = to;
    watch = new WatchdogRunner(base.orElseThrow().watchdogs(), health);
  }

  /** How many steps the training has in all. */
  long steps() {
    return base.map(ComposedRecipe::totalSteps).orElse(settings.steps());
  }

  /** The time spent training, in seconds; before the run was continued included. */
  double seconds() {
    return start.seconds() + (nanoTime.getAsLong() - startTime) / 1e9;
  }

  /** Whether what is done every so many steps is done now; never for 0. */
  boolean isDue(long every) {
    return every > 0 && step % every == 0;
  }

  /** In words, for what happens there. */
  String positionText() {
    return step == 0 ? "at its start" : "after step " + step;
  }
}
