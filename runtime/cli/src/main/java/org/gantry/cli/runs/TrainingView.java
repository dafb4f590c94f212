package org.gantry.cli.runs;

import java.util.function.Consumer;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.TrainingListener;

/** Shows a training to the user who started it. */
public interface TrainingView extends TrainingListener {

  /** Opens a view of each training of a command. */
  @FunctionalInterface
  interface Factory {

    /**
     * Opens a view.
     *
     * @param announcement the first line, before the number of steps
     * @param composed what is trained
     * @param changes receives the recipe after each change
     */
    TrainingView open(
        String announcement, ComposedRecipe composed, Consumer<ComposedRecipe> changes);
  }

  /** The training has ended or failed. */
  void end();

  /** What the evaluations cost, as a clause; empty without any. */
  String evaluationCost();
}
