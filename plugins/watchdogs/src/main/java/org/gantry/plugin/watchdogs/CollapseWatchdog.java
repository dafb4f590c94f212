package org.gantry.plugin.watchdogs;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.watchdog.SampleBatch;
import org.gantry.watchdog.Watchdog;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogFinding.Severity;
import org.gantry.watchdog.WatchdogResult;

/**
 * Detects mode collapse: samples that are all alike, or copies of a few. It compares the mean
 * distance between samples, and the median distance to the nearest neighbour, with the same values
 * for real data. A finding requires a small share of the real value and no recent increase. The
 * watchdog does not detect a generator that lost some modes and is diverse within the others;
 * metrics do.
 */
@Component(
    kind = ComponentKind.WATCHDOG,
    name = "collapse",
    summary = "Mode collapse: samples that are all alike, or copies of a few",
    paper = "arXiv:1706.08224, section 3 (near-duplicates)")
final class CollapseWatchdog implements Watchdog {

  /** The thresholds. */
  record Options(
      @Description(
              "the mean distance between samples below which they are alike, as a share of"
                  + " that of real data")
          @DefaultValue("0.25")
          @PositiveOrZero double spread,
      @Description(
              "the median nearest-neighbour distance below which samples are copies, as a"
                  + " share of that of real data")
          @DefaultValue("0.05")
          @PositiveOrZero double nearest,
      @Description("the number of consecutive inspections with the same result")
          @DefaultValue("3")
          @Positive int patience,
      @Description("the first step that counts, because samples of an early training are alike")
          @DefaultValue("1000")
          @PositiveOrZero long from) {}

  private final Options options;

  @Inject
  CollapseWatchdog(Options options) {
    this.options = options;
  }

  @Override
  public WatchdogResult inspectSamples(SampleBatch samples, Map<String, Double> memory) {
    SampleDistances generated = SampleDistances.within(samples.generated());
    SampleDistances real = SampleDistances.within(samples.real());
    String spread = samples.role() + "/spread";
    String nearest = samples.role() + "/nearest";
    String looked = samples.role() + "/looks";
    double widestSpread = memory.getOrDefault(spread, 0.0);
    double widestNearest = memory.getOrDefault(nearest, 0.0);

    // Samples that are further apart than ever before are still improving.
    boolean alike =
        generated.mean() < options.spread() * real.mean() && generated.mean() <= widestSpread;
    boolean copies =
        generated.nearest() < options.nearest() * real.nearest()
            && generated.nearest() <= widestNearest;
    boolean counts = samples.step() >= options.from() && (alike || copies);
    double looks = counts ? memory.getOrDefault(looked, 0.0) + 1 : 0;

    Map<String, Double> next = new TreeMap<>(memory);
    next.put(spread, Math.max(widestSpread, generated.mean()));
    next.put(nearest, Math.max(widestNearest, generated.nearest()));
    next.put(looked, looks);
    if (looks < options.patience()) {
      return WatchdogResult.withoutFindings(next);
    }
    WatchdogFinding finding =
        alike
            ? finding(
                samples.role(),
                "the samples are all alike",
                "the mean distance between samples",
                generated.mean(),
                real.mean())
            : finding(
                samples.role(),
                "the samples are copies of a few",
                "the median distance to the nearest sample",
                generated.nearest(),
                real.nearest());
    return new WatchdogResult(next, List.of(finding));
  }

  private static WatchdogFinding finding(
      String role, String what, String distance, double generated, double real) {
    return new WatchdogFinding(
        Severity.TROUBLE,
        what,
        role,
        "%s is %s, and %s in real data"
            .formatted(distance, FigureFormat.of(generated), FigureFormat.of(real)),
        "go back to an earlier checkpoint, and add instance noise or a gradient penalty, or lower"
            + " the generator's learning rate");
  }
}
