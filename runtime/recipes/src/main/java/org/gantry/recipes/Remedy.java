package org.gantry.recipes;

/** What a recipe wants to be done when a watchdog finds trouble, besides telling it. */
public sealed interface Remedy {

  /** What the history of a run calls it, as the recipe spells it. */
  String name();

  /** End the training; what it has reached is kept. */
  record StopTraining() implements Remedy {
    @Override
    public String name() {
      return "stop";
    }
  }

  /** Go back to an earlier checkpoint, and on from there with other draws. */
  record RollBack() implements Remedy {
    @Override
    public String name() {
      return "roll-back";
    }
  }

  /**
   * Multiply the learning rate of the player that the finding is about, or of all players where it
   * is about none.
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
   * Add a regularizer, unless that was done before.
   *
   * @param component its name
   * @param yaml the regularizer as an item of a recipe's list
   */
  record AddRegularizer(String component, String yaml) implements Remedy {
    @Override
    public String name() {
      return "add";
    }
  }
}
