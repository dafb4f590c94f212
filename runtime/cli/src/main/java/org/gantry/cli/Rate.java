package org.gantry.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** Steps a second over the last while, so that a slow start or a pause is soon forgotten. */
final class Rate {

  private static final double WINDOW_SECONDS = 20;
  private static final int MOST_POINTS = 200;

  private record Point(long step, double seconds) {}

  private final Deque<Point> points = new ArrayDeque<>();

  /** Notes how many steps were done at a time. */
  void at(long step, double seconds) {
    boolean crowded =
        points.size() > 1 && seconds - points.peekLast().seconds() < WINDOW_SECONDS / MOST_POINTS;
    if (crowded) {
      points.removeLast();
    }
    points.addLast(new Point(step, seconds));
    while (points.size() > 2 && seconds - points.peekFirst().seconds() > WINDOW_SECONDS) {
      points.removeFirst();
    }
  }

  /** Steps a second; 0 as long as that cannot be told. */
  double perSecond() {
    if (points.size() < 2) {
      return 0;
    }
    double seconds = points.peekLast().seconds() - points.peekFirst().seconds();
    return seconds <= 0 ? 0 : (points.peekLast().step() - points.peekFirst().step()) / seconds;
  }
}
