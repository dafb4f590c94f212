package org.gantry.cli.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.cli.console.Console;
import org.gantry.runs.TrainingListener;
import org.gantry.watchdog.WatchdogFinding;

/**
 * Shows trainings that run side by side: on a terminal, in one line that is rewritten; elsewhere,
 * in a new line every few seconds. Safe for use by several threads.
 */
public final class SideBySideDisplay {

  private static final double LIVE_SECONDS = 0.1;
  private static final double PLAIN_SECONDS = 10;

  private final Console console;
  private final RewrittenLine line;
  private final Map<String, TrainingProgress> running = new LinkedHashMap<>();
  private long shownAt = System.nanoTime();

  /** The progress of one training. */
  private record TrainingProgress(StepRate rate, long step, long steps) {}

  public SideBySideDisplay(Console console) {
    this.console = console;
    line = new RewrittenLine(console);
  }

  /** Begins to show a training, and returns its listener. */
  public synchronized TrainingListener add(String label) {
    running.put(label, new TrainingProgress(new StepRate(), 0, 0));
    return new TrainingListener() {
      @Override
      public void resumed(long step) {
        print("%s: continues after step %d".formatted(label, step));
      }

      @Override
      public void stepDone(long step, long steps, double seconds, Map<String, Double> values) {
        SideBySideDisplay.this.stepDone(label, step, steps, seconds);
      }

      @Override
      public void findingChanged(
          long step,
          String watchdog,
          WatchdogFinding finding,
          boolean appeared,
          List<String> actions) {
        if (appeared) {
          String done = actions.isEmpty() ? "" : "; done: " + String.join("; ", actions);
          print(
              "%s: at step %d, %s: %s%s"
                  .formatted(label, step, finding.subject(), finding.problem(), done));
        }
      }
    };
  }

  /** Stops to show a training. */
  public synchronized void remove(String label) {
    running.remove(label);
  }

  /** Prints a line that stays. */
  public synchronized void print(String text) {
    line.clear();
    console.err().println(text);
  }

  /** Removes the line. */
  public synchronized void end() {
    line.clear();
  }

  private synchronized void stepDone(String label, long step, long steps, double seconds) {
    StepRate rate = running.get(label).rate();
    rate.record(step, seconds);
    running.put(label, new TrainingProgress(rate, step, steps));
    double pause = console.terminal().live() ? LIVE_SECONDS : PLAIN_SECONDS;
    if ((System.nanoTime() - shownAt) / 1e9 >= pause) {
      shownAt = System.nanoTime();
      show();
    }
  }

  private void show() {
    double total = running.values().stream().mapToDouble(p -> p.rate().perSecond()).sum();
    List<String> parts = new ArrayList<>();
    running.forEach((label, p) -> parts.add("%s: %d/%d".formatted(label, p.step(), p.steps())));
    String text = "%.0f steps/s in all; %s".formatted(total, String.join("; ", parts));
    if (console.terminal().live()) {
      line.show(text.substring(0, Math.min(text.length(), console.terminal().width() - 1)));
    } else {
      console.err().println(text);
    }
  }
}
