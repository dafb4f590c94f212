package org.gantry.cli.runs;

import java.util.Map;
import java.util.function.LongSupplier;
import org.gantry.cli.console.Console;
import org.gantry.sampler.SamplingProgress;

/** Shows the progress of a slow sampler as that of a training, on a terminal only. */
final class SamplingDisplay implements SamplingProgress, AutoCloseable {

  private static final double SECONDS_BETWEEN = 0.1;
  private static final double NANOSECONDS = 1e9;

  private final Console console;
  private final LongSupplier clock;
  private final RewrittenLine line;
  private final StepRate rate = new StepRate();
  private final long start;
  private double shownAt = Double.NEGATIVE_INFINITY;

  /**
   * Creates a display.
   *
   * @param clock nanoseconds since any moment
   */
  SamplingDisplay(Console console, LongSupplier clock) {
    this.console = console;
    this.clock = clock;
    line = new RewrittenLine(console);
    start = clock.getAsLong();
    rate.record(0, 0);
  }

  @Override
  public void report(long done, long total) {
    if (!console.terminal().live() || total < 1) {
      return;
    }
    long completed = Math.max(0, Math.min(done, total));
    double seconds = (clock.getAsLong() - start) / NANOSECONDS;
    rate.record(completed, seconds);
    if (completed == total || seconds - shownAt >= SECONDS_BETWEEN) {
      shownAt = seconds;
      line.show(
          new ProgressText(completed, total, rate.perSecond(), Map.of())
              .liveLine(console.terminal().width()));
    }
  }

  /** Ends the line. */
  @Override
  public void close() {
    line.end();
  }
}
