package org.gantry.cli.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.host.support.TerminalStream;
import org.junit.jupiter.api.Test;

class SamplingDisplayTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong nanoseconds = new AtomicLong();

  private SamplingDisplay display(TerminalInfo terminal) {
    PrintStream err = TerminalStream.over(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return new SamplingDisplay(new Console(err, err, terminal, () -> false), nanoseconds::get);
  }

  private static TerminalInfo terminal() {
    return new TerminalInfo(true, false, false, 80, Optional.empty());
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void report(SamplingDisplay display, long done, long total, double seconds) {
    nanoseconds.set((long) (seconds * 1e9));
    display.report(done, total);
  }

  @Test
  void aSlowSamplerHasTheBarOfATraining() {
    try (SamplingDisplay display = display(terminal())) {
      report(display, 10, 40, 2);
      report(display, 20, 40, 4);
    }
    assertTrue(shown().contains("[########--------] 20/40  4 s left  5.000 steps/s"), shown());
    assertTrue(shown().endsWith(System.lineSeparator()), shown());
  }

  @Test
  void reportsWithinATenthOfASecondAreShownOnce() {
    try (SamplingDisplay display = display(terminal())) {
      report(display, 1, 40, 1);
      report(display, 2, 40, 1.05);
    }
    assertTrue(shown().contains(" 1/40"), shown());
    assertFalse(shown().contains(" 2/40"), shown());
  }

  @Test
  void nonsensicalReportsAreHarmless() {
    try (SamplingDisplay display = display(terminal())) {
      report(display, -5, 40, 1);
      report(display, 50, 40, 2);
      report(display, 1, 0, 3);
    }
    assertTrue(shown().contains(" 0/40"), shown());
    assertTrue(shown().contains(" 40/40"), shown());
  }

  @Test
  void filesGetNoProgress() {
    try (SamplingDisplay display = display(TerminalInfo.NONE)) {
      report(display, 10, 40, 2);
    }
    assertEquals("", shown());
  }
}
