package org.gantry.recipes;

import java.util.List;
import org.gantry.training.BoundComponent;
import org.gantry.watchdog.Watchdog;

/**
 * A watchdog of a recipe, with its remedies.
 *
 * @param watchdog the component
 * @param remedies what a finding leads to, in order; empty to report it only
 */
public record WatchdogRule(BoundComponent<Watchdog> watchdog, List<Remedy> remedies) {

  /** Copies the list. */
  public WatchdogRule {
    remedies = List.copyOf(remedies);
  }

  /** Returns the component's name. */
  public String name() {
    return watchdog.origin().name();
  }

  /** Whether one of the remedies adds a regularizer. */
  public boolean addsRegularizer() {
    return remedies.stream().anyMatch(Remedy.AddRegularizer.class::isInstance);
  }

  /** Whether one of the remedies goes back to a checkpoint. */
  public boolean rollsBack() {
    return remedies.stream().anyMatch(Remedy.RollBack.class::isInstance);
  }
}
