package org.gantry.cli.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.cli.console.Console;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.host.support.TerminalStream;
import org.gantry.watchdog.WatchdogFinding;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

  private final Map<String, Double> values = new LinkedHashMap<>();

  ProgressDisplayTest() {
    values.put("discriminator/main", 0.6931);
    values.put("generator/main", 1.2042);
    values.put("sigma", 0.05);
  }

  @Test
  void aLiveLineHasBarStepLossesTimeLeftRateAndOtherValues() {
    assertEquals(
        "[######--------------] 450/1500  D 0.693  G 1.204  1 min 24 s left  12.50 steps/s  sigma"
            + " 0.050",
        new ProgressText(450, 1500, 12.5, values).liveLine(100));
  }

  @Test
  void aNarrowTerminalGetsFewerValuesAndNoWrappedLine() {
    ProgressText progress = new ProgressText(450, 1500, 12.5, values);
    assertEquals(
        "[####----------] 450/1500  D 0.693  G 1.204  1 min 24 s left", progress.liveLine(70));
    for (int width = 1; width < 120; width++) {
      assertTrue(progress.liveLine(width).length() < width, "width " + width);
    }
  }

  @Test
  void aTerminalOfUsualWidthShowsALossOfEachPlayer() {
    Map<String, Double> several = new LinkedHashMap<>();
    several.put("discriminator/real", 0.6931);
    several.put("discriminator/gradient-penalty", 12.5);
    several.put("generator/adversarial", 1.2042);
    assertEquals(
        "[#######---------] 45000/100000  D real 0.693  G 1.204  2 h 02 min left",
        new ProgressText(45_000, 100_000, 7.5, several).liveLine(80));
  }

  @Test
  void shortNamesAreUnambiguous() {
    values.put("discriminator/penalty", 2.0);
    values.put("guide/main", 3.0);
    String line = new ProgressText(1, 2, 0, values).liveLine(200);
    assertTrue(
        line.endsWith("D main 0.693  generator 1.204  guide 3.000  sigma 0.050  D penalty 2.000"),
        line);
  }

  @Test
  void anUnknownRateIsLeftOut() {
    assertEquals(
        "step 0/10, loss 1.000", new ProgressText(0, 10, 0, Map.of("loss", 1.0)).logLine());
  }

  @Test
  void theLogLineHasFullNames() {
    assertEquals(
        "step 450/1500, 12.50 steps/s, 1 min 24 s left, discriminator/main 0.693, "
            + "generator/main 1.204, sigma 0.050",
        new ProgressText(450, 1500, 12.5, values).logLine());
  }

  @Test
  void theRateForgetsASlowStart() {
    StepRate rate = new StepRate();
    rate.record(0, 0);
    assertEquals(0, rate.perSecond());
    rate.record(1, 10);
    assertEquals(0.1, rate.perSecond(), 1e-12);
    for (int i = 1; i <= 3000; i++) {
      rate.record(1 + i, 10 + i * 0.01);
    }
    assertEquals(100, rate.perSecond(), 0.1);
  }

  @Test
  void theRateIsRightAfterTwentySteps() {
    StepRate rate = new StepRate();
    // The first step compiles, and the next ones are slower than those that follow.
    rate.record(1, 2);
    double seconds = 2;
    for (int step = 2; step <= 20; step++) {
      seconds += step < 6 ? 0.3 : 0.125;
      rate.record(step, seconds);
    }
    assertEquals(8, rate.perSecond(), 1e-9);
  }

  @Test
  void withoutATerminalThereIsALineEveryTenSecondsAndAtTheEnd() {
    List<String> lines = shown(TerminalInfo.NONE, 25).lines().toList();
    assertEquals("training tiny: 25 steps, 1 thread", lines.get(0));
    assertEquals(
        List.of("step 1/25", "step 11/25", "step 21/25", "step 25/25"),
        lines.subList(1, lines.size()).stream().map(l -> l.replaceAll(",.*", "")).toList());
  }

  @Test
  void onATerminalOneLineIsRewritten() {
    String[] shown =
        shown(new TerminalInfo(true, false, false, 80, Optional.empty()), 25).split("\r", -1);
    assertEquals("training tiny: 25 steps, 1 thread\n", shown[0]);
    assertEquals(26, shown.length);
    assertTrue(shown[1].contains("] 1/25 ") && !shown[1].contains("\n"), shown[1]);
    assertTrue(shown[25].contains("] 25/25 ") && shown[25].endsWith("\n"), shown[25]);
  }

  @Test
  void aResumedTrainingMeasuresItsRateFromItsFirstStep() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = TerminalStream.over(new PrintStream(err, true, StandardCharsets.UTF_8));
    ProgressDisplay line =
        new ProgressDisplay(
            new Console(stream, stream, TerminalInfo.NONE, () -> false),
            "continuing",
            changed -> {});
    line.resumed(20);
    line.started(22, 2);
    line.stepDone(21, 22, 1000, Map.of());
    line.stepDone(22, 22, 1002, Map.of());
    line.end();
    assertEquals(
        """
        continuing after step 20: 22 steps, 2 threads
        step 21/22
        step 22/22, 0.500 steps/s
        """,
        err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aFindingIsShownFromItsBeginningToItsEnd() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = TerminalStream.over(new PrintStream(err, true, StandardCharsets.UTF_8));
    ProgressDisplay line =
        new ProgressDisplay(
            new Console(stream, stream, TerminalInfo.NONE, () -> false), "tiny", changed -> {});
    WatchdogFinding collapse =
        new WatchdogFinding(
            WatchdogFinding.Severity.TROUBLE, "collapse", "generator", "1 of 8", "Add noise.");
    line.findingChanged(20, "collapse", collapse, true, List.of());
    line.findingChanged(40, "collapse", collapse, false, List.of());
    assertEquals(
        """
        trouble: at step 20, generator: collapse (1 of 8)
          fix: Add noise.
        over since step 40, generator: collapse
        """,
        err.toString(StandardCharsets.UTF_8));
  }

  /** The output for a training with one step per second. */
  private String shown(TerminalInfo terminal, int steps) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = TerminalStream.over(new PrintStream(err, true, StandardCharsets.UTF_8));
    ProgressDisplay line =
        new ProgressDisplay(
            new Console(stream, stream, terminal, () -> false), "training tiny", changed -> {});
    line.started(steps, 1);
    for (int step = 1; step <= steps; step++) {
      line.stepDone(step, steps, step, values);
    }
    line.end();
    return err.toString(StandardCharsets.UTF_8);
  }
}
