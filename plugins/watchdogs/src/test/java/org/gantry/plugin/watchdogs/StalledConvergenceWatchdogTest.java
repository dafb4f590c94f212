package org.gantry.plugin.watchdogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.IntToDoubleFunction;
import org.gantry.watchdog.WatchdogFinding;
import org.gantry.watchdog.WatchdogFinding.Severity;
import org.junit.jupiter.api.Test;

final class StalledConvergenceWatchdogTest {

  private static final String STALLED = "the measure no longer falls";
  private static final String RISES = "the measure rises";

  private final StalledConvergenceWatchdog watchdog =
      new StalledConvergenceWatchdog(
          new StalledConvergenceWatchdog.Options("convergence", 500, 0.01, 10_000, 0.5, 2000));

  @Test
  void aPlateauIsNotedAfter10000To14000Steps() {
    WatchdogRecorder recording =
        WatchdogRecorder.ofWatched(
            25_000, "convergence", noisy(n -> 0.1 + 0.3 * Math.max(0, 1 - n / 8000.0)));
    long noted = recording.first(watchdog, STALLED).orElseThrow();

    assertTrue(noted > 18_000 && noted <= 22_000, "noted at " + noted);
    assertEquals(
        List.of(Severity.NOTE),
        recording.findings(watchdog).get(noted).stream().map(WatchdogFinding::severity).toList());
  }

  @Test
  void aMeasureThatDoublesIsFoundWithin2000Steps() {
    WatchdogRecorder recording =
        WatchdogRecorder.ofWatched(10_000, "convergence", noisy(n -> n <= 6000 ? 0.1 : 0.2));
    long noticed = recording.first(watchdog, RISES).orElseThrow();

    assertTrue(noticed > 6000 && noticed <= 8000, "noticed at " + noticed);
    assertEquals(Severity.TROUBLE, recording.findings(watchdog).get(noticed).get(0).severity());
  }

  @Test
  void aMeasureThatFallsSlowlyIsHealthy() {
    assertHealthy(
        WatchdogRecorder.ofWatched(
            20_000, "convergence", noisy(n -> 0.4 * Math.exp(-n / 20_000.0))));
  }

  @Test
  void anEarlyDipIsHealthy() {
    assertHealthy(
        WatchdogRecorder.ofWatched(
            10_000, "convergence", noisy(n -> n < 300 ? 0.05 : 0.4 - n * 2e-5)));
  }

  @Test
  void aShortExcursionIsHealthy() {
    assertHealthy(
        WatchdogRecorder.ofWatched(
            12_000, "convergence", noisy(n -> n > 5000 && n < 5200 ? 0.9 : 0.4 - n * 2e-5)));
  }

  @Test
  void aTrainingWithoutTheMeasureHasNoFindings() {
    assertHealthy(WatchdogRecorder.ofWatched(20_000, "k", n -> 1));
  }

  @Test
  void theFindingEndsWhenTheMeasureFalls() {
    SortedMap<Long, List<WatchdogFinding>> findings =
        WatchdogRecorder.ofWatched(
                30_000, "convergence", n -> n < 20_000 ? 0.4 : 0.4 - (n - 20_000) * 1e-5)
            .findings(watchdog);

    assertEquals(12_000, findings.firstKey());
    assertTrue(findings.lastKey() < 22_000, "last found at " + findings.lastKey());
  }

  @Test
  void anotherValueCanBeWatched() {
    StalledConvergenceWatchdog other =
        new StalledConvergenceWatchdog(
            new StalledConvergenceWatchdog.Options("distance", 10, 0.01, 100, 0.5, 0));

    assertEquals(
        Optional.of(101L),
        WatchdogRecorder.ofWatched(200, "distance", n -> -2).first(other, STALLED));
  }

  private void assertHealthy(WatchdogRecorder recording) {
    assertEquals(Map.of(), recording.findings(watchdog));
  }

  /** With a fifth of noise. */
  private static IntToDoubleFunction noisy(IntToDoubleFunction level) {
    Random random = new Random(13);
    return n -> level.applyAsDouble(n) * (1 + 0.2 * random.nextGaussian());
  }
}
