package org.gantry.plugin.watchdogs;

import java.util.Optional;
import org.gantry.component.Component;
import org.gantry.component.Kind;
import org.gantry.watchdog.Broken;
import org.gantry.watchdog.Finding;
import org.gantry.watchdog.Finding.Severity;
import org.gantry.watchdog.Watchdog;

/**
 * Names where a number that is none came from, so that a recipe can say what is to happen then. A
 * training cannot go on from such a step: it ends, or goes back.
 */
@Component(
    kind = Kind.WATCHDOG,
    name = "non-finite",
    summary = "A term or a gradient that is NaN or infinite, and where it came from")
final class NonFiniteWatchdog implements Watchdog {

  @Override
  public Optional<Finding> broken(Broken broken) {
    return Optional.of(
        new Finding(
            Severity.TROUBLE,
            "a number is not finite",
            broken.term(),
            "first seen in " + broken.node() + " of " + broken.component(),
            "lower the learning rate, or use another loss or a gradient penalty"));
  }
}
