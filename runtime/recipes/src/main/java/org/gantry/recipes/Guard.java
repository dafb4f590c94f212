package org.gantry.recipes;

import java.util.List;
import org.gantry.training.BoundComponent;
import org.gantry.watchdog.Watchdog;

/**
 * A watchdog of a recipe.
 *
 * @param watchdog the component
 * @param onTrouble what to do when it finds trouble, in order; empty to tell it only
 */
public record Guard(BoundComponent<Watchdog> watchdog, List<Remedy> onTrouble) {

  /** Copies the list. */
  public Guard {
    onTrouble = List.copyOf(onTrouble);
  }

  /** The component's name. */
  public String name() {
    return watchdog.origin().name();
  }

  /** Whether a regularizer may be added because of it. */
  public boolean adds() {
    return onTrouble.stream().anyMatch(Remedy.Add.class::isInstance);
  }

  /** Whether the training may go back because of it. */
  public boolean rollsBack() {
    return onTrouble.stream().anyMatch(Remedy.RollBack.class::isInstance);
  }
}
