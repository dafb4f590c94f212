package org.gantry.cli;

import java.util.Map;
import org.gantry.runs.Training;

/**
 * Shows a training's progress: on a terminal in one line that is rewritten, elsewhere in a line now
 * and then.
 */
final class ProgressLine implements Training.Listener {

  private static final double LIVE_EVERY = 0.1;
  private static final double PLAIN_EVERY = 10;

  /** Back to the first column, without wrapping what is too long for a terminal made smaller. */
  private static final String BEGIN = "\r\u001b[?7l";

  /** Clears what an earlier, longer line left, and wraps again. */
  private static final String END = "\u001b[K\u001b[?7h";

  private final Console console;
  private final String announcement;
  private final Rate rate = new Rate();
  private double shownAt = Double.NEGATIVE_INFINITY;
  private boolean open;

  /**
   * Creates a line.
   *
   * @param announcement what is said at the start, before the steps
   */
  ProgressLine(Console console, String announcement) {
    this.console = console;
    this.announcement = announcement;
  }

  @Override
  public void started(long steps, int threads) {
    console
        .err()
        .printf(
            "%s: %d steps, %d %s%n",
            announcement, steps, threads, threads == 1 ? "thread" : "threads");
    rate.at(0, 0);
  }

  @Override
  public void step(long step, long steps, double seconds, Map<String, Double> values) {
    rate.at(step, seconds);
    boolean live = console.terminal().live();
    if (step < steps && seconds - shownAt < (live ? LIVE_EVERY : PLAIN_EVERY)) {
      return;
    }
    shownAt = seconds;
    Progress progress = new Progress(step, steps, rate.perSecond(), values);
    if (live) {
      console.err().print(BEGIN + progress.live(console.terminal().width()) + END);
      console.err().flush();
      open = true;
    } else {
      console.err().println(progress.plain());
    }
  }

  /** Leaves the line as it is, so that what is printed next begins on a new one. */
  void end() {
    if (open) {
      console.err().println();
      open = false;
    }
  }
}
