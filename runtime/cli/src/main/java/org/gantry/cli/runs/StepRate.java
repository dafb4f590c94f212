package org.gantry.cli.runs;

import java.util.ArrayDeque;
import java.util.Deque;

/** Steps a second over the last while, so that a slow start or a pause is soon forgotten. */
final class StepRate {

  private static final double WINDOW_SECONDS = 20;
  private static final double GAP_SECONDS = 0.1;

  private record TimedStep(long step, double seconds) {}

  /** The past of the window, thinned out. */
  private final Deque<TimedStep> past = new ArrayDeque<>();

  private TimedStep now;

  /** Notes how many steps were done at a time. */
  void record(long step, double seconds) {
    if (now != null
        && (past.isEmpty() || now.seconds() - past.peekLast().seconds() > GAP_SECONDS)) {
      past.addLast(now);
    }
    now = new TimedStep(step, seconds);
    while (past.size() > 1 && seconds - past.peekFirst().seconds() > WINDOW_SECONDS) {
      past.removeFirst();
    }
  }

  /** Steps a second; 0 as long as that cannot be told. */
  double perSecond() {
    if (past.isEmpty() || now.seconds() <= past.peekFirst().seconds()) {
      return 0;
    }
    TimedStep since = past.peekFirst();
    return (now.step() - since.step()) / (now.seconds() - since.seconds());
  }
}
