package ${package};

import java.util.List;
import java.util.Map;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.WatchdogResult;
import org.gantry.watchdog.Watchdog;

/** Tells of large terms, to begin with. */
@Component(
    kind = ComponentKind.WATCHDOG,
    name = "${name}",
    summary = "Tells when a term of the losses is larger than a thousand, in whichever direction")
final class ${className} implements Watchdog {

  @Override
  public WatchdogResult inspectStep(StepReport step, Map<String, Double> memory) {
    List<WatchdogFinding> findings =
        step.terms().entrySet().stream()
            .filter(term -> Math.abs(term.getValue()) > 1000)
            .map(term -> finding(term.getKey(), term.getValue()))
            .toList();
    return new WatchdogResult(memory, findings);
  }

  private static WatchdogFinding finding(String term, double value) {
    return new WatchdogFinding(
        WatchdogFinding.Severity.TROUBLE,
        "a term is large",
        term,
        "it is " + value,
        "lower the learning rate");
  }
}
