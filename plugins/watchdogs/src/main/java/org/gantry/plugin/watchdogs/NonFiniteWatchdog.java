package org.gantry.plugin.watchdogs;

import java.util.Optional;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.watchdog.FailedStep;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogFinding.Severity;

/**
 * Names where a number that is none came from, so that a recipe can say what is to happen then. A
 * training cannot go on from such a step: it ends, or goes back.
 */
@Component(
    kind = ComponentKind.WATCHDOG,
    name = "non-finite",
    summary = "A term or a gradient that is NaN or infinite, and where it came from")
final class NonFiniteWatchdog implements Watchdog {

  @Override
  public Optional<WatchdogFinding> inspectFailure(FailedStep broken) {
    return Optional.of(
        new WatchdogFinding(
            Severity.TROUBLE,
            "a number is not finite",
            broken.term(),
            "first seen in " + broken.node() + " of " + broken.component(),
            "lower the learning rate, or use another loss or a gradient penalty"));
  }
}
