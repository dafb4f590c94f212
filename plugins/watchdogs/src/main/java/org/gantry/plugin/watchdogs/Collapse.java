package org.gantry.plugin.watchdogs;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.component.Component;
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.component.Kind;
import org.gantry.watchdog.Finding;
import org.gantry.watchdog.Finding.Severity;
import org.gantry.watchdog.Samples;
import org.gantry.watchdog.Verdict;
import org.gantry.watchdog.Watchdog;

/**
 * Tells when a generator's samples are all alike, or are copies of a few: their mean distance to
 * one another, or the typical distance of one to its nearest neighbour, is a small share of the
 * same figure for real data. A generator that lost some modes and is diverse within the others is
 * not noticed; metrics are for that.
 */
@Component(
    kind = Kind.WATCHDOG,
    name = "collapse",
    summary = "Samples that become all alike, or copies of a few",
    paper = "arXiv:1706.08224, section 3 (near-duplicates)")
final class Collapse implements Watchdog {

  /** What can be set. */
  record Options(
      @Doc(
              "the mean distance between samples below which they are alike, as a share of real data's")
          @Default("0.25")
          @PositiveOrZero double spread,
      @Doc(
              "the median distance to the nearest sample below which samples are copies, as a share"
                  + " of real data's")
          @Default("0.05")
          @PositiveOrZero double nearest,
      @Doc("how many looks on end must agree") @Default("3") @Positive int patience,
      @Doc("the first step that counts: samples of an early training are alike anyway")
          @Default("1000")
          @PositiveOrZero long from) {}

  private final Options options;

  @Inject
  Collapse(Options options) {
    this.options = options;
  }

  @Override
  public Verdict samples(Samples samples, Map<String, Double> memory) {
    if (samples.step() < options.from()) {
      return Verdict.quiet(memory);
    }
    Distances generated = Distances.within(samples.generated());
    Distances real = Distances.within(samples.real());
    boolean alike = generated.mean() < options.spread() * real.mean();
    boolean copies = generated.nearest() < options.nearest() * real.nearest();

    double count = alike || copies ? memory.getOrDefault(samples.role() + "/looks", 0.0) + 1 : 0.0;
    Map<String, Double> next = new HashMap<>(memory);
    next.put(samples.role() + "/looks", count);
    return new Verdict(
        next,
        count < options.patience()
            ? List.of()
            : List.of(
                alike
                    ? finding(
                        samples.role(),
                        "the samples are all alike",
                        "between samples is",
                        generated.mean(),
                        real.mean())
                    : finding(
                        samples.role(),
                        "the samples are copies of a few",
                        "from a sample to the nearest is",
                        generated.nearest(),
                        real.nearest())));
  }

  private static Finding finding(
      String role, String what, String distance, double generated, double real) {
    return new Finding(
        Severity.TROUBLE,
        what,
        role,
        "the distance %s %s, and %s in real data"
            .formatted(distance, Figure.of(generated), Figure.of(real)),
        "go back to an earlier checkpoint, and add instance noise or a gradient penalty, or lower"
            + " the generator's learning rate");
  }
}
