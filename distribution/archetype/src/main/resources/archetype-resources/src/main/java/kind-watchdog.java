package ${package};

import java.util.List;
import java.util.Map;
import org.gantry.component.Component;
import org.gantry.component.Kind;
import org.gantry.watchdog.Finding;
import org.gantry.watchdog.Step;
import org.gantry.watchdog.Verdict;
import org.gantry.watchdog.Watchdog;

/** Tells of large terms, to begin with. */
@Component(
    kind = Kind.WATCHDOG,
    name = "${name}",
    summary = "Tells when a term of the losses is larger than a thousand, in whichever direction")
final class ${className} implements Watchdog {

  @Override
  public Verdict step(Step step, Map<String, Double> memory) {
    List<Finding> findings =
        step.terms().entrySet().stream()
            .filter(term -> Math.abs(term.getValue()) > 1000)
            .map(term -> finding(term.getKey(), term.getValue()))
            .toList();
    return new Verdict(memory, findings);
  }

  private static Finding finding(String term, double value) {
    return new Finding(
        Finding.Severity.TROUBLE,
        "a term is large",
        term,
        "it is " + value,
        "lower the learning rate");
  }
}
