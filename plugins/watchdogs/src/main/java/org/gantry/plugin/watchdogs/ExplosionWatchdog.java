package org.gantry.plugin.watchdogs;

import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Detects exploding gradients and terms, and vanishing gradients. A value explodes if it exceeds
 * its recent level by orders of magnitude and stays there, or if it exceeds an absolute ceiling.
 * Slower growth, below the factor within the horizon, counts as normal. A small term is not a
 * finding: the terms of Wasserstein critics pass through zero, and penalties should be small.
 *
 * <p>Gradients are measured only every few steps. Limits that count steps do so between
 * measurements too, but a large norm counts once.
 */
@Component(
    kind = ComponentKind.WATCHDOG,
    name = "explosion",
    summary = "Exploding gradients or terms, and vanishing gradients",
    paper = "arXiv:1701.04862, section 2 (vanishing gradients)")
final class ExplosionWatchdog implements Watchdog {

  /** The thresholds. */
  record Options(
      @Description("the multiple of its recent level at which a value explodes")
          @DefaultValue("100")
          @DecimalMin(value = "1", inclusive = false) double factor,
      @Description(
              "how many more often than not a value must be that large; terms count at every"
                  + " step, gradients at every measurement")
          @DefaultValue("10")
          @Positive int patience,
      @Description("the smallest level, so that small values may grow without a finding")
          @DefaultValue("1")
          @Positive double floor,
      @Description("the value that counts as exploding at any level") @DefaultValue("1e5") @Positive double ceiling,
      @Description("the share of its highest level below which a gradient vanishes")
          @DefaultValue("1e-4")
          @Positive @DecimalMax(value = "1", inclusive = false) double vanishing,
      @Description("the number of consecutive steps with such a small gradient")
          @DefaultValue("100")
          @Positive int vanishingPatience,
      @Description("the number of steps that the recent level averages over")
          @DefaultValue("1000")
          @Positive int horizon,
      @Description("the number of steps before the first finding") @DefaultValue("100") @Positive int warmUp) {}

  private static final String GRADIENT = "gradient/";

  /** The memory key of the step with the last measured norms. */
  private static final String MEASURED = "measured";

  private final Options options;

  @Inject
  ExplosionWatchdog(Options options) {
    this.options = options;
  }

  @Override
  public WatchdogResult inspectStep(StepReport step, Map<String, Double> memory) {
    Map<String, Double> next = new TreeMap<>(memory);
    List<WatchdogFinding> findings = new ArrayList<>();
    step.terms()
        .forEach(
            (term, value) -> {
              // Terms pass through zero, so values below the floor do not matter.
              double size = Math.max(Math.abs(value), options.floor());
              MagnitudeHistory magnitude = updateHistory(next, "term/" + term, size, 1);
              if (magnitude.high() >= options.patience()) {
                findings.add(explosion("term", term, "its size is", magnitude));
              }
            });
    if (!step.gradients().isEmpty()) {
      double steps = step.number() - memory.getOrDefault(MEASURED, step.number() - 1.0);
      next.put(MEASURED, (double) step.number());
      step.gradients()
          .forEach((player, norm) -> updateHistory(next, GRADIENT + player, norm, steps));
    }
    // Findings from the last norms hold until the next measurement.
    next.forEach(
        (name, count) -> {
          if (name.startsWith(GRADIENT)) {
            gradientFinding(name, count, next).ifPresent(findings::add);
          }
        });
    return new WatchdogResult(next, findings);
  }

  /** A finding on a gradient, if a memory entry is a count that requires one. */
  private Optional<WatchdogFinding> gradientFinding(
      String name, double count, Map<String, Double> memory) {
    boolean explodes = name.endsWith(MagnitudeHistory.HIGH) && count >= options.patience();
    boolean vanishes = name.endsWith(MagnitudeHistory.LOW) && count >= options.vanishingPatience();
    if (!explodes && !vanishes) {
      return Optional.empty();
    }
    String gradient = name.substring(0, name.lastIndexOf('/'));
    String player = gradient.substring(GRADIENT.length());
    MagnitudeHistory magnitude = MagnitudeHistory.read(memory, gradient);
    return Optional.of(
        explodes
            ? explosion("gradient", player, "its norm is", magnitude)
            : vanishing(player, magnitude));
  }

  private MagnitudeHistory updateHistory(
      Map<String, Double> memory, String name, double value, double steps) {
    MagnitudeHistory magnitude = MagnitudeHistory.read(memory, name).next(value, steps, options);
    magnitude.write(memory, name);
    return magnitude;
  }

  private WatchdogFinding explosion(
      String what, String where, String figure, MagnitudeHistory magnitude) {
    double size = Math.exp(magnitude.last());
    return new WatchdogFinding(
        Severity.TROUBLE,
        "the " + what + " explodes",
        where,
        size > options.ceiling()
            ? "%s %s, above %s"
                .formatted(figure, FigureFormat.of(size), FigureFormat.of(options.ceiling()))
            : "%s %s, and was about %s recently"
                .formatted(
                    figure, FigureFormat.of(size), FigureFormat.of(Math.exp(magnitude.level()))),
        "lower the learning rate, or hold the discriminator's slope down with a gradient penalty or"
            + " weight clipping");
  }

  private static WatchdogFinding vanishing(String player, MagnitudeHistory magnitude) {
    return new WatchdogFinding(
        Severity.TROUBLE,
        "the gradient vanishes",
        player,
        "its norm is %s, and was about %s at its highest level"
            .formatted(
                FigureFormat.of(Math.exp(magnitude.last())),
                FigureFormat.of(Math.exp(magnitude.peak()))),
        "use a loss that does not saturate, such as non-saturating, let real and generated samples"
            + " overlap with instance noise, or lower the other player's learning rate");
  }
}
