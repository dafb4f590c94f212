package org.gantry.cli.runs;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Steps per second over the later half of the time so far, and at most over the last 20 seconds. So
 * a slow start and a pause soon have no effect.
 */
final class StepRate {

  private static final double WINDOW_SECONDS = 20;
  private static final double GAP_SECONDS = 0.1;

  private record TimedStep(long step, double seconds) {}

  /** Earlier measurements in the window, at least 0.1 s apart. */
  private final Deque<TimedStep> past = new ArrayDeque<>();

  private TimedStep first;
  private TimedStep now;

  /** Records the number of steps done at a time. */
  void record(long step, double seconds) {
    if (now != null
        && (past.isEmpty() || now.seconds() - past.peekLast().seconds() > GAP_SECONDS)) {
      past.addLast(now);
    }
    now = new TimedStep(step, seconds);
    first = first == null ? now : first;
    while (past.size() > 1 && seconds - past.peekFirst().seconds() > WINDOW_SECONDS) {
      past.removeFirst();
    }
  }

  /** Steps per second; 0 while it is unknown. */
  double perSecond() {
    if (past.isEmpty() || now.seconds() <= past.peekLast().seconds()) {
      return 0;
    }
    double window = Math.min(WINDOW_SECONDS, (now.seconds() - first.seconds()) / 2);
    TimedStep since =
        past.stream()
            .filter(earlier -> now.seconds() - earlier.seconds() <= window)
            .findFirst()
            .orElse(past.peekLast());
    return (now.step() - since.step()) / (now.seconds() - since.seconds());
  }
}
