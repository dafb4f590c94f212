package org.gantry.plugin.watchdogs;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogFinding.Severity;
import org.gantry.watchdog.WatchdogResult;

/**
 * Detects a discriminator that has won. Its loss stays near zero, so it separates real and
 * generated samples with certainty, and the generator learns little from it. This applies to losses
 * with a lower bound of zero, such as non-saturating, least-squares and hinge. A loss that has been
 * negative, such as that of a Wasserstein critic, has no such bound: zero means that the critic
 * cannot separate anything. The watchdog ignores it.
 *
 * <p>Each step above the bound reduces the count by ten, so a single step does not hide a win.
 */
@Component(
    kind = ComponentKind.WATCHDOG,
    name = "dominance",
    summary = "A discriminator that separates real and generated samples with certainty",
    paper = "arXiv:1701.04862, section 2.1")
final class DominanceWatchdog implements Watchdog {

  private static final int SET_BACK = 10;

  /** The thresholds. */
  record Options(
      @Description("the discriminator's loss below which it wins a step")
          @DefaultValue("1e-3")
          @Positive double bound,
      @Description("the number of won steps before a finding") @DefaultValue("300") @Positive int patience) {}

  private final Options options;

  @Inject
  DominanceWatchdog(Options options) {
    this.options = options;
  }

  @Override
  public WatchdogResult inspectStep(StepReport step, Map<String, Double> memory) {
    Map<String, Double> next = new TreeMap<>(memory);
    List<WatchdogFinding> findings = new ArrayList<>();
    for (String term : step.discriminatorTerms()) {
      double loss = step.terms().get(term);
      boolean unbounded = loss < 0 || memory.containsKey(term + "/unbounded");
      if (unbounded) {
        next.put(term + "/unbounded", 1.0);
        next.remove(term + "/won");
        continue;
      }
      double won = memory.getOrDefault(term + "/won", 0.0);
      won =
          loss < options.bound()
              ? Math.min(won + 1, options.patience())
              : Math.max(won - SET_BACK, 0);
      next.put(term + "/won", won);
      if (won >= options.patience()) {
        findings.add(finding(term, loss));
      }
    }
    return new WatchdogResult(next, findings);
  }

  private WatchdogFinding finding(String term, double loss) {
    return new WatchdogFinding(
        Severity.TROUBLE,
        "the discriminator wins outright",
        term,
        "its loss is %s, and has been below %s for %d steps or more"
            .formatted(FigureFormat.of(loss), FigureFormat.of(options.bound()), options.patience()),
        "add instance noise or a gradient penalty, smooth the labels, or lower the discriminator's"
            + " learning rate");
  }
}
