package org.gantry.host.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.gantry.host.support.TimeLimit.PluginCodeException;
import org.junit.jupiter.api.Test;

/** Code of plugins is limited by the time that it uses itself. */
class TimeLimitTest {

  private static final Duration LIMIT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofDays(1);

  private final List<String> notices = new ArrayList<>();

  @Test
  void codeThatTheMachineKeepsWaitingIsNotRefused() throws PluginCodeException {
    CountDownLatch end = new CountDownLatch(1);
    try (TimeLimit limit =
        new TimeLimit(
            LIMIT,
            notice -> {
              notices.add(notice);
              end.countDown();
            },
            thread -> passed -> Duration.ZERO)) {
      assertEquals(
          "done",
          limit.run(
              "org.acme.slow",
              () -> {
                end.await();
                return "done";
              }));
    }
    assertEquals(List.of("waiting for org.acme.slow, because this machine is busy"), notices);
  }

  @Test
  void codeThatUsesMoreThanItsLimitIsRefused() throws PluginCodeException {
    try (TimeLimit limit = new TimeLimit(LIMIT, notices::add, thread -> passed -> LONG)) {
      assertEquals("it did not end within 100 milliseconds", failureOfEndlessCode(limit));
      assertEquals("next", limit.run("the next", () -> "next"));
    }
    assertEquals(List.of(), notices);
  }

  @Test
  void patienceEndsEvenOnABusyMachine() {
    try (TimeLimit limit = new TimeLimit(LIMIT, notices::add, thread -> passed -> Duration.ZERO)) {
      assertEquals("it did not end within 100 milliseconds", failureOfEndlessCode(limit));
    }
  }

  @Test
  void sleepingCodeUsesItsTime() {
    try (TimeLimit limit = new TimeLimit(LIMIT, notices::add)) {
      assertEquals("it did not end within 100 milliseconds", failureOfEndlessCode(limit));
    }
  }

  @Test
  void wholeTimeCanBeLimited() {
    try (TimeLimit limit = TimeLimit.ofWholeTime(LIMIT)) {
      assertEquals("it did not end within 100 milliseconds", failureOfEndlessCode(limit));
    }
  }

  @Test
  void failureOfTheCodeIsDescribed() {
    try (TimeLimit limit = new TimeLimit(LONG, notices::add)) {
      assertEquals(
          "IllegalStateException: the moon is full",
          assertThrows(
                  PluginCodeException.class,
                  () ->
                      limit.run(
                          "it",
                          () -> {
                            throw new IllegalStateException("the moon is full");
                          }))
              .getMessage());
    }
  }

  @Test
  void waitingAndComputingCountAndEverythingElseDoesNot() {
    CountDownLatch end = new CountDownLatch(1);
    Thread waiting =
        new Thread(
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiting.start();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    ThreadTime time = new ThreadTime(waiting, LONG);
    time.afterAnother(Duration.ofMillis(50));
    assertEquals(Duration.ofMillis(100), time.afterAnother(Duration.ofMillis(50)));
    end.countDown();

    ThreadTime own = new ThreadTime(Thread.currentThread(), LONG);
    assertEquals(Duration.ZERO, own.afterAnother(Duration.ofMillis(50)));
  }

  private String failureOfEndlessCode(TimeLimit limit) {
    CountDownLatch never = new CountDownLatch(1);
    return assertThrows(
            PluginCodeException.class,
            () ->
                limit.run(
                    "it",
                    () -> {
                      never.await();
                      return null;
                    }))
        .getMessage();
  }
}
