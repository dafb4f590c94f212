package org.gantry.runs.training;

import java.util.Optional;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.WatchdogRule;
import org.gantry.runs.RunException;

/** What several workers cannot train together. */
public final class WorkerChecks {

  private WorkerChecks() {}

  /**
   * Refuses a recipe that changes during the training. The workers would no longer train the same
   * composition, because only the first one hears of changes and runs watchdogs.
   *
   * @param workers the number of workers
   * @throws RunException names what the recipe must not have
   */
  public static void requireConstant(ComposedRecipe composed, int workers) {
    if (workers == 1) {
      return;
    }
    if (!composed.schedule().isEmpty()) {
      throw new RunException(
          "several workers cannot train a recipe with changes during the training; remove 'changes' from the recipe, or train it on one machine");
    }
    Optional<WatchdogRule> acting =
        composed.watchdogs().stream().filter(rule -> !rule.remedies().isEmpty()).findFirst();
    if (acting.isPresent()) {
      throw new RunException(
          "several workers cannot train with the remedies of the watchdog %s; leave out its remedies, or train on one machine"
              .formatted(acting.get().name()));
    }
  }
}
