package org.gantry.plugin.watchdogs;

import jakarta.inject.Inject;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
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
 * Monitors a value that should fall, such as BEGAN's convergence measure. It notes when the value
 * stops falling, which may mean that the training is complete, and reports when it rises again. It
 * has no findings if no value of that name is watched.
 */
@Component(
    kind = ComponentKind.WATCHDOG,
    name = "stalled-convergence",
    summary = "A convergence measure that stops falling, or rises",
    paper = "arXiv:1703.10717, section 3.4")
final class StalledConvergenceWatchdog implements Watchdog {

  /** The watched value and the thresholds. */
  record Options(
      @Description("the name of the watched value") @DefaultValue("convergence") @NotBlank String value,
      @Description("the number of steps that the value is smoothed over")
          @DefaultValue("500")
          @Positive int horizon,
      @Description("the share of its lowest level by which the value must fall to improve")
          @DefaultValue("0.01")
          @PositiveOrZero double improvement,
      @Description("the number of steps without improvement before a note")
          @DefaultValue("10000")
          @Positive int patience,
      @Description("the share of its lowest level by which the value must rise before a finding")
          @DefaultValue("0.5")
          @Positive double rise,
      @Description("the first step that counts, because early values are low")
          @DefaultValue("2000")
          @PositiveOrZero long from) {}

  private final Options options;

  @Inject
  StalledConvergenceWatchdog(Options options) {
    this.options = options;
  }

  @Override
  public WatchdogResult inspectStep(StepReport step, Map<String, Double> memory) {
    Double value = step.watched().get(options.value());
    if (value == null) {
      return WatchdogResult.withoutFindings(memory);
    }
    double seen = memory.getOrDefault("seen", 0.0) + 1;
    double smooth = memory.getOrDefault("smooth", value);
    smooth += (value - smooth) * Math.max(1 / seen, 1.0 / options.horizon());
    Map<String, Double> next = new TreeMap<>(memory);
    next.put("seen", seen);
    next.put("smooth", smooth);
    if (step.number() < options.from()) {
      return WatchdogResult.withoutFindings(next);
    }

    double lowest = memory.getOrDefault("lowest", Double.POSITIVE_INFINITY);
    double since = memory.getOrDefault("since", 0.0);
    if (smooth < lowest - options.improvement() * Math.abs(lowest)
        || !memory.containsKey("lowest")) {
      lowest = smooth;
      since = step.number();
    }
    double risen =
        smooth > lowest + options.rise() * Math.abs(lowest)
            ? memory.getOrDefault("risen", 0.0) + 1
            : 0;
    next.put("lowest", lowest);
    next.put("since", since);
    next.put("risen", risen);

    List<WatchdogFinding> findings = new ArrayList<>();
    String evidence =
        "its level is %s, and was %s at its lowest, at step %d"
            .formatted(FigureFormat.of(smooth), FigureFormat.of(lowest), (long) since);
    if (risen >= options.horizon()) {
      findings.add(
          new WatchdogFinding(
              Severity.TROUBLE,
              "the measure rises",
              options.value(),
              evidence,
              "go back to an earlier checkpoint and lower the learning rate"));
    } else if (step.number() - since >= options.patience()) {
      findings.add(
          new WatchdogFinding(
              Severity.NOTE,
              "the measure no longer falls",
              options.value(),
              evidence,
              "look at the samples: end the training if they please, otherwise halve the learning"
                  + " rate"));
    }
    return new WatchdogResult(next, findings);
  }
}
