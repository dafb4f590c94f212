package org.gantry.verification.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.gantry.verification.VerificationReport.CheckOutcome;
import org.gantry.verification.VerificationReport.CheckResult;
import org.junit.jupiter.api.Test;

class CheckRunnerTest {

  private static CheckRunner runner() {
    return new CheckRunner(Duration.ofMillis(200), notice -> {});
  }

  @Test
  void checkThatWaitsForeverIsBrokenAndTheNextOneRuns() {
    CountDownLatch never = new CountDownLatch(1);
    try (CheckRunner runner = runner()) {
      assertFalse(runner.run("loss/acme", "it ends", never::await));
      assertTrue(runner.run("loss/acme", "it is quick", () -> {}));
      assertEquals(
          List.of(
              new CheckResult(
                  "loss/acme",
                  "it ends",
                  CheckOutcome.BROKEN,
                  "it did not end within 200 milliseconds"),
              new CheckResult("loss/acme", "it is quick", CheckOutcome.KEPT, "")),
          runner.results());
    }
  }

  @Test
  void checkThatComputesForeverAndIgnoresInterruptsIsBroken() {
    boolean[] over = {false};
    try (CheckRunner runner = runner()) {
      assertFalse(
          runner.run(
              "loss/acme",
              "it ends",
              () -> {
                while (!isSet(over)) {
                  Thread.onSpinWait();
                }
              }));
    } finally {
      set(over);
    }
  }

  private static boolean isSet(boolean[] flag) {
    synchronized (flag) {
      return flag[0];
    }
  }

  private static void set(boolean[] flag) {
    synchronized (flag) {
      flag[0] = true;
    }
  }

  @Test
  void endlessRecursionOfAPluginIsBroken() {
    try (CheckRunner runner = runner()) {
      assertFalse(runner.run("loss/acme", "it ends", () -> recurse(0)));
      assertEquals(CheckOutcome.BROKEN, runner.results().get(0).outcome());
      assertTrue(
          runner.results().get(0).toString().contains("StackOverflowError"),
          runner.results()::toString);
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }
}
