package org.gantry.recipes;

/** What a recipe does about the finding of a watchdog, in addition to reporting it. */
public sealed interface Remedy {

  /** Returns its name in recipes and in the history of a run. */
  String name();

  /** Stops the training after saving a checkpoint. */
  record StopTraining() implements Remedy {
    @Override
    public String name() {
      return "stop";
    }
  }

  /** Goes back to an earlier checkpoint and continues with other random draws. */
  record RollBack() implements Remedy {
    @Override
    public String name() {
      return "roll-back";
    }
  }

  /**
   * Multiplies the learning rate of the player concerned, or of all players if the finding does not
   * concern a single one.
   *
   * @param factor in (0, 1)
   */
  record LowerRate(double factor) implements Remedy {
    @Override
    public String name() {
      return "lower-rate";
    }
  }

  /**
   * Adds a regularizer, unless this remedy has added it before.
   *
   * @param component the regularizer's name
   * @param yaml the regularizer as an item of a recipe's list
   */
  record AddRegularizer(String component, String yaml) implements Remedy {
    @Override
    public String name() {
      return "add";
    }
  }
}
