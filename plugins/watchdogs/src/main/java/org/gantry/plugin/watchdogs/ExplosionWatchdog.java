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
 * Tells when a gradient or a term leaves its recent past upwards by orders of magnitude and stays
 * away, or is beyond all measure, and when a gradient dies. Growth that is slower than the factor
 * within the horizon is taken for a training that finds its level. That a term becomes small is no
 * trouble by itself: the terms of Wasserstein critics pass through zero, and penalties had better
 * be small.
 *
 * <p>Gradients are measured every few steps. What is counted in steps is counted in steps all the
 * same, however many lie between two norms; but one that is too great counts once.
 */
@Component(
    kind = ComponentKind.WATCHDOG,
    name = "explosion",
    summary = "Gradients or terms that explode, and gradients that vanish",
    paper = "arXiv:1701.04862, section 2 (vanishing gradients)")
final class ExplosionWatchdog implements Watchdog {

  /** What can be set. */
  record Options(
      @Description("how many times its level of late a figure must be to count as exploding")
          @DefaultValue("100")
          @DecimalMin(value = "1", inclusive = false)
          double factor,
      @Description(
              "how many more times than not a figure must be that great; terms are seen at every"
                  + " step, gradients where they are measured")
          @DefaultValue("10")
          @Positive
          int patience,
      @Description(
              "levels below this count as this, so that small figures may become middling ones")
          @DefaultValue("1")
          @Positive
          double floor,
      @Description("above this a figure counts as exploding whatever its level of late")
          @DefaultValue("1e5")
          @Positive
          double ceiling,
      @Description("the share of its highest level below which a gradient counts as vanishing")
          @DefaultValue("1e-4")
          @Positive
          @DecimalMax(value = "1", inclusive = false)
          double vanishing,
      @Description("how many steps on end a gradient must be that small")
          @DefaultValue("100")
          @Positive
          int vanishingPatience,
      @Description("over how many steps the level of late reaches back")
          @DefaultValue("1000")
          @Positive
          int horizon,
      @Description("how many steps pass before the first judgement") @DefaultValue("100") @Positive
          int warmUp) {}

  private static final String GRADIENT = "gradient/";

  /** What the step of the last norms is remembered as. */
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
              // Terms pass through zero; what happens below the floor is no concern.
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
    // What was found at the last norms holds until there are others.
    next.forEach(
        (name, count) -> {
          if (name.startsWith(GRADIENT)) {
            gradientFinding(name, count, next).ifPresent(findings::add);
          }
        });
    return new WatchdogResult(next, findings);
  }

  /** A finding on a gradient, if what is remembered under a name is a count that makes it one. */
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
            : "%s %s, and was about %s of late"
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
