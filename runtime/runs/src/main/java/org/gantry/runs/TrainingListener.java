package org.gantry.runs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.watchdog.WatchdogFinding;

/** Follows a training. All methods are called on the thread that trains. */
public interface TrainingListener {

  /**
   * A checkpoint is damaged; the run resumes from an earlier one.
   *
   * @param checkpoint its folder, which is renamed to {@code damaged-...}
   * @param reason what is wrong with it
   */
  default void checkpointSkipped(Path checkpoint, String reason) {}

  /**
   * The run is resumed.
   *
   * @param step the number of completed steps
   */
  default void resumed(long step) {}

  /**
   * The networks are allocated and the first step begins.
   *
   * @param steps the total number of steps, including those before a resumption
   * @param threads the number of threads of the engine
   */
  default void started(long steps, int threads) {}

  /**
   * A step is complete.
   *
   * @param step the number of completed steps, from 1
   * @param steps the total number of steps
   * @param seconds the training time, including the time before a resumption
   * @param values the terms, by {@code player/term}, then the watched values, in a fixed order
   */
  default void stepDone(long step, long steps, double seconds, Map<String, Double> values) {}

  /**
   * A finding of a watchdog appeared or disappeared.
   *
   * @param step the number of completed steps
   * @param watchdog the name of the watchdog
   * @param appeared false if the finding disappeared
   * @param actions what the training did about it, as clauses; empty if it did nothing
   */
  default void findingChanged(
      long step,
      String watchdog,
      WatchdogFinding finding,
      boolean appeared,
      List<String> actions) {}

  /**
   * The training went back to an earlier checkpoint and continues with other random draws.
   *
   * @param from the step at which it went back
   * @param to the step of the checkpoint
   */
  default void rolledBack(long from, long to) {}

  /**
   * A change took effect that the recipe schedules for this step or that a user requested.
   *
   * @param step the number of completed steps
   * @param notTransferred what the training could not keep, as clauses
   * @param recipe the recipe with all its scheduled changes
   */
  default void recipeChanged(
      long step, Recipes.Change change, List<String> notTransferred, ComposedRecipe recipe) {}

  /** The metrics of the recipe were evaluated after the current step. */
  default void evaluated(EvaluationResult result) {}

  /** A picture of samples was written. */
  default void pictureWritten(Path picture) {}

  /** A checkpoint was written. */
  default void checkpointWritten(Path checkpoint) {}

  /** The training ended: it is done or was interrupted. */
  default void finished(RunState state) {}
}
