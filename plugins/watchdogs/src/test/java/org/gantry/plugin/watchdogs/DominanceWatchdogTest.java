package org.gantry.plugin.watchdogs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.WatchdogFinding;
import org.junit.jupiter.api.Test;

final class DominanceWatchdogTest {

  private static final String WON = "the discriminator wins outright";

  private final DominanceWatchdog watchdog =
      new DominanceWatchdog(new DominanceWatchdog.Options(1e-3, 300));

  @Test
  void aLossOfAMillionthIsFoundAfter300Steps() {
    WatchdogRecorder recording = WatchdogRecorder.ofTerm(1000, n -> n <= 500 ? 1.2 : 1e-6);

    assertEquals(Optional.of(800L), recording.first(watchdog, WON));
    assertEquals(
        new WatchdogFinding(
            WatchdogFinding.Severity.TROUBLE,
            WON,
            "discriminator/adversarial",
            "its loss is 1.00e-06, and has been below 0.00100 for 300 steps or more",
            "add instance noise or a gradient penalty, smooth the labels, or lower the"
                + " discriminator's learning rate"),
        recording.findings(watchdog).get(800L).get(0));
  }

  @Test
  void aHingeLossOfZeroIsFound() {
    assertEquals(
        Optional.of(400L),
        WatchdogRecorder.ofTerm(500, n -> n <= 100 ? 2 : 0).first(watchdog, WON));
  }

  @Test
  void aStepAboveTheBoundDelaysTheFinding() {
    assertEquals(
        Optional.of(311L),
        WatchdogRecorder.ofTerm(500, n -> n == 200 ? 0.4 : 1e-6).first(watchdog, WON));
  }

  @Test
  void theFindingEndsWhenTheLossRises() {
    SortedMap<Long, List<WatchdogFinding>> findings =
        WatchdogRecorder.ofTerm(1000, n -> n <= 400 ? 1e-6 : 0.3).findings(watchdog);

    assertEquals(300, findings.firstKey());
    assertEquals(400, findings.lastKey());
  }

  @Test
  void aBalancedGameIsHealthy() {
    Random random = new Random(5);
    assertHealthy(
        WatchdogRecorder.ofTerm(20_000, n -> 1.3 * Math.exp(0.4 * random.nextGaussian())));
  }

  @Test
  void aStrongButUncertainDiscriminatorIsHealthy() {
    Random random = new Random(5);
    assertHealthy(
        WatchdogRecorder.ofTerm(20_000, n -> 0.02 * Math.exp(1.2 * random.nextGaussian())));
  }

  @Test
  void aCriticAtZeroAfterNegativeLossesIsHealthy() {
    Random random = new Random(5);
    assertHealthy(WatchdogRecorder.ofTerm(5000, n -> 1e-5 * random.nextGaussian()));
    assertHealthy(WatchdogRecorder.ofTerm(5000, n -> n == 1 ? -1e-5 : 1e-6));
  }

  @Test
  void termsOfRegularizersMayBeZero() {
    StepReport step =
        new StepReport(
            1,
            Map.of("discriminator/adversarial", 1.3, "discriminator/gradient-penalty", 0.0),
            Set.of("discriminator/adversarial"),
            Map.of(),
            Map.of());
    assertEquals(
        List.of(),
        new DominanceWatchdog(new DominanceWatchdog.Options(1e-3, 1))
            .inspectStep(step, Map.of())
            .findings());
  }

  private void assertHealthy(WatchdogRecorder recording) {
    assertEquals(Map.of(), recording.findings(watchdog));
  }
}
