package org.gantry.plugin.watchdogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.IntToDoubleFunction;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogResult;
import org.junit.jupiter.api.Test;

final class ExplosionWatchdogTest {

  private static final String GRADIENT = "the gradient explodes";
  private static final String TERM = "the term explodes";
  private static final String VANISHED = "the gradient vanishes";

  private final ExplosionWatchdog watchdog =
      new ExplosionWatchdog(new ExplosionWatchdog.Options(100, 10, 1, 1e5, 1e-4, 100, 1000, 100));

  @Test
  void tenPercentGrowthPerStepIsFoundWithin80Steps() {
    IntToDoubleFunction healthy = noisy(1, 0.3);
    long noticed =
        WatchdogRecorder.ofGradient(
                700, n -> healthy.applyAsDouble(n) * (n <= 500 ? 1 : Math.pow(1.1, n - 500)))
            .first(watchdog, GRADIENT)
            .orElseThrow();

    assertTrue(noticed > 520 && noticed <= 580, "noticed at " + noticed);
  }

  @Test
  void onePercentGrowthPerStepIsFoundWithin1100Steps() {
    IntToDoubleFunction healthy = noisy(1, 0.3);
    long noticed =
        WatchdogRecorder.ofGradient(
                2000, n -> healthy.applyAsDouble(n) * (n <= 500 ? 1 : Math.pow(1.01, n - 500)))
            .first(watchdog, GRADIENT)
            .orElseThrow();

    assertTrue(noticed <= 1600, "noticed at " + noticed);
  }

  @Test
  void growthFromTheFirstStepIsFoundWithin200Steps() {
    long noticed =
        WatchdogRecorder.ofGradient(300, n -> Math.pow(1.1, n))
            .first(watchdog, GRADIENT)
            .orElseThrow();

    assertTrue(noticed <= 200, "noticed at " + noticed);
  }

  @Test
  void aTermThatFallsWithoutBoundIsFoundWithin100Steps() {
    IntToDoubleFunction healthy = noisy(1, 0.3);
    WatchdogRecorder recording =
        WatchdogRecorder.ofTerm(
            700, n -> -healthy.applyAsDouble(n) * (n <= 500 ? 1 : Math.pow(1.1, n - 500)));
    long noticed = recording.first(watchdog, TERM).orElseThrow();

    assertTrue(noticed > 520 && noticed <= 600, "noticed at " + noticed);
    assertEquals(
        "discriminator/adversarial", recording.findings(watchdog).get(noticed).get(0).subject());
  }

  @Test
  void aTermAboveTheCeilingIsFoundAfterTenSteps() {
    IntToDoubleFunction wild = noisy(3e6, 1);
    WatchdogRecorder recording = WatchdogRecorder.ofTerm(50, wild);
    long noticed = recording.first(watchdog, TERM).orElseThrow();

    assertEquals(10, noticed);
    assertTrue(
        recording.findings(watchdog).get(noticed).get(0).evidence().endsWith(", above 1.00e+05"));
  }

  @Test
  void aGradientThatDropsToAMillionthIsFoundWithin101Steps() {
    IntToDoubleFunction healthy = noisy(1, 0.3);
    long noticed =
        WatchdogRecorder.ofGradient(700, n -> healthy.applyAsDouble(n) * (n <= 500 ? 1 : 1e-6))
            .first(watchdog, VANISHED)
            .orElseThrow();

    assertTrue(noticed > 500 && noticed <= 601, "noticed at " + noticed);
  }

  @Test
  void aSlowlyVanishingGradientIsFound() {
    // 0.2 at first, 1e-5 after 4000 steps: a discriminator that wins a saturating game.
    IntToDoubleFunction healthy = noisy(0.2, 0.3);
    long noticed =
        WatchdogRecorder.ofGradient(8000, n -> healthy.applyAsDouble(n) * Math.pow(0.9975, n))
            .first(watchdog, VANISHED)
            .orElseThrow();

    assertTrue(noticed <= Math.log(1e-5) / Math.log(0.9975), "noticed at " + noticed);
  }

  @Test
  void aGradientOfZeroFromTheStartIsFound() {
    assertEquals(
        200, WatchdogRecorder.ofGradient(300, n -> 0).first(watchdog, VANISHED).orElseThrow());
  }

  @Test
  void anIntermittentExplosionIsOneFinding() {
    SortedMap<Long, List<WatchdogFinding>> findings =
        WatchdogRecorder.ofTerm(1000, n -> n >= 320 && n % 40 < 30 ? 1e6 : 1).findings(watchdog);

    assertEquals(1000 - findings.firstKey() + 1, findings.size());
  }

  @Test
  void anExplosionEndsAtAStableLevel() {
    SortedMap<Long, List<WatchdogFinding>> findings =
        WatchdogRecorder.ofGradient(5000, n -> n < 500 ? 1 : 1000).findings(watchdog);

    assertEquals(509, findings.firstKey());
    assertTrue(findings.lastKey() < 2000, "last found at " + findings.lastKey());
  }

  @Test
  void aNoisyGradientIsHealthy() {
    assertHealthy(WatchdogRecorder.ofGradient(20_000, noisy(0.3, 0.8)));
  }

  @Test
  void singleSpikesAreHealthy() {
    IntToDoubleFunction healthy = noisy(1, 0.3);
    assertHealthy(
        WatchdogRecorder.ofGradient(
            20_000, n -> healthy.applyAsDouble(n) * (n % 97 < 3 && n > 200 ? 5000 : 1)));
  }

  @Test
  void theLargeChangesOfAnEarlyTrainingAreHealthy() {
    IntToDoubleFunction healthy = noisy(1, 0.3);
    assertHealthy(
        WatchdogRecorder.ofGradient(
            5000, n -> healthy.applyAsDouble(n) * (0.5 + 200 * Math.exp(-n / 20.0))));
    assertHealthy(
        WatchdogRecorder.ofGradient(
            5000, n -> healthy.applyAsDouble(n) * (1e-3 + 1 - Math.exp(-n / 100.0))));
  }

  @Test
  void aGradientThatShrinksAHundredfoldIsHealthy() {
    IntToDoubleFunction healthy = noisy(3, 0.4);
    assertHealthy(
        WatchdogRecorder.ofGradient(
            20_000, n -> healthy.applyAsDouble(n) * (0.01 + Math.exp(-n / 3000.0))));
  }

  @Test
  void aTermThatPassesThroughZeroIsHealthy() {
    Random random = new Random(7);
    assertHealthy(
        WatchdogRecorder.ofTerm(
            20_000, n -> 3 * Math.sin(n / 300.0) + 0.2 * random.nextGaussian()));
  }

  @Test
  void aPenaltyThatGrowsFromZeroIsHealthy() {
    assertHealthy(WatchdogRecorder.ofTerm(5000, n -> n < 2000 ? 1e-4 : 2));
  }

  @Test
  void theLossesOfABalancedGameAreHealthy() {
    IntToDoubleFunction healthy = noisy(1.2, 0.3);
    assertHealthy(
        WatchdogRecorder.ofTerm(20_000, n -> healthy.applyAsDouble(n) + 4 * Math.exp(-n / 50.0)));
  }

  @Test
  void gradientsMeasuredEveryTenStepsDelayFindingsByAboutAHundredSteps() {
    IntToDoubleFunction healthy = noisy(1, 0.3);
    for (IntToDoubleFunction growing :
        List.<IntToDoubleFunction>of(
            n -> healthy.applyAsDouble(n) * (n <= 500 ? 1 : Math.pow(1.1, n - 500)),
            n -> healthy.applyAsDouble(n) * (n <= 500 ? 1 : Math.pow(1.01, n - 500)),
            n -> healthy.applyAsDouble(n) * (n <= 500 ? 1 : 1e4))) {
      long always =
          WatchdogRecorder.ofGradient(2000, growing).first(watchdog, GRADIENT).orElseThrow();
      long now =
          WatchdogRecorder.ofGradient(2000, growing)
              .measuredEvery(10)
              .first(watchdog, GRADIENT)
              .orElseThrow();
      assertTrue(now > 500 && now <= always + 120, now + " and not " + always);
    }
    long vanished =
        WatchdogRecorder.ofGradient(700, n -> healthy.applyAsDouble(n) * (n <= 500 ? 1 : 1e-6))
            .measuredEvery(10)
            .first(watchdog, VANISHED)
            .orElseThrow();
    assertTrue(vanished > 500 && vanished <= 610, "noticed at " + vanished);
  }

  @Test
  void findingsHoldUntilTheNextMeasurement() {
    SortedMap<Long, List<WatchdogFinding>> findings =
        WatchdogRecorder.ofGradient(1000, n -> n < 500 ? 1 : 1e4)
            .measuredEvery(10)
            .findings(watchdog);

    assertEquals(590, findings.firstKey());
    assertEquals(1000 - 590 + 1, findings.size());
  }

  @Test
  void healthyGradientsAreHealthyAtAnyInterval() {
    IntToDoubleFunction healthy = noisy(1, 0.3);
    for (IntToDoubleFunction each :
        List.<IntToDoubleFunction>of(
            noisy(0.3, 0.8),
            n -> healthy.applyAsDouble(n) * (n % 97 < 3 && n > 200 ? 5000 : 1),
            n -> healthy.applyAsDouble(n) * (0.5 + 200 * Math.exp(-n / 20.0)),
            n -> healthy.applyAsDouble(n) * (1e-3 + 1 - Math.exp(-n / 100.0)),
            n -> healthy.applyAsDouble(n) * (0.01 + Math.exp(-n / 3000.0)))) {
      assertHealthy(WatchdogRecorder.ofGradient(20_000, each).measuredEvery(10));
    }
  }

  @Test
  void aResumedTrainingHasTheSameFindings() {
    List<StepReport> steps =
        WatchdogRecorder.ofGradient(600, n -> n <= 500 ? 1 : Math.pow(1.1, n - 500)).steps();
    WatchdogResult verdict = WatchdogResult.withoutFindings(Map.of());
    for (StepReport step : steps) {
      verdict = watchdog.inspectStep(step, verdict.memory());
    }
    WatchdogResult resumed = WatchdogResult.withoutFindings(Map.of());
    for (StepReport step : steps) {
      ExplosionWatchdog fresh =
          new ExplosionWatchdog(
              new ExplosionWatchdog.Options(100, 10, 1, 1e5, 1e-4, 100, 1000, 100));
      resumed = fresh.inspectStep(step, Map.copyOf(resumed.memory()));
    }

    assertFalse(verdict.findings().isEmpty());
    assertEquals(verdict, resumed);
  }

  private void assertHealthy(WatchdogRecorder recording) {
    assertEquals(Map.of(), recording.findings(watchdog));
  }

  /** Log-normal around the level. */
  private static IntToDoubleFunction noisy(double level, double deviation) {
    Random random = new Random(3);
    return n -> level * Math.exp(deviation * random.nextGaussian());
  }
}
