package ${package};

import java.util.List;
import java.util.Map;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogResult;

/** Reports large terms. Replace it by your own watchdog. */
@Component(
    kind = ComponentKind.WATCHDOG,
    name = "${name}",
    summary = "Reports a term of a loss whose absolute value is above 1000")
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
        "the term is large",
        term,
        "value " + value,
        "lower the learning rate");
  }
}
