package org.gantry.recipes;

import java.util.List;
import org.gantry.training.BoundComponent;
import org.gantry.watchdog.Watchdog;

/**
 * A watchdog of a recipe.
 *
 * @param watchdog the component
 * @param remedies what to do when it finds trouble, in order; empty to tell it only
 */
public record WatchdogRule(BoundComponent<Watchdog> watchdog, List<Remedy> remedies) {

  /** Copies the list. */
  public WatchdogRule {
    remedies = List.copyOf(remedies);
  }

  /** The component's name. */
  public String name() {
    return watchdog.origin().name();
  }

  /** Whether a regularizer may be added because of it. */
  public boolean addsRegularizer() {
    return remedies.stream().anyMatch(Remedy.AddRegularizer.class::isInstance);
  }

  /** Whether the training may go back because of it. */
  public boolean rollsBack() {
    return remedies.stream().anyMatch(Remedy.RollBack.class::isInstance);
  }
}
