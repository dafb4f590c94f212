package org.gantry.embedded;

import java.nio.file.Path;
import java.util.List;

/** A recipe that fits together and can be trained. */
public interface RecipeTraining {

  /** The name of the recipe. */
  String name();

  /** The resolved recipe as YAML, with every option written out. */
  String yaml();

  /** What the recipe's data sets found and left out, one sentence each. */
  List<String> notes();

  /** What is doubtful about the recipe, one sentence each with a fix; empty if nothing is. */
  List<String> warnings();

  /**
   * Trains to the last step.
   *
   * @param folder the run's folder, which must be new or empty
   * @throws GantryException if the folder is in use or the training fails
   */
  default TrainingResult train(Path folder) {
    return train(folder, new TrainingObserver() {});
  }

  /**
   * Trains in this thread, until the last step or until the observer asks to stop. The folder then
   * has the files of {@code gantry train}, and all commands work on it. A recipe with stages trains
   * them one after another.
   *
   * @param folder the run's folder, which must be new or empty
   * @param observer follows the training
   * @throws GantryException if the folder is in use or the training fails; earlier checkpoints stay
   */
  TrainingResult train(Path folder, TrainingObserver observer);
}
