package org.gantry.plugin.watchdogs;

import java.util.Optional;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.watchdog.FailedStep;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogFinding.Severity;

/**
 * Reports where a NaN or an infinite value came from, so that a recipe can choose a remedy. A
 * training cannot continue after such a step: it ends, or it returns to an earlier checkpoint.
 */
@Component(
    kind = ComponentKind.WATCHDOG,
    name = "non-finite",
    summary = "A term or a gradient that is NaN or infinite, and its origin")
final class NonFiniteWatchdog implements Watchdog {

  @Override
  public Optional<WatchdogFinding> inspectFailure(FailedStep failedStep) {
    return Optional.of(
        new WatchdogFinding(
            Severity.TROUBLE,
            "a number is not finite",
            failedStep.term(),
            "first seen in " + failedStep.node() + " of " + failedStep.component(),
            "lower the learning rate, or use another loss or a gradient penalty"));
  }
}
