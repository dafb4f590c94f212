package org.gantry.host.support;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * The time that a thread uses: the processor's time for it, and the time in which it sleeps or
 * waits. A thread that could run and does not get a processor uses none.
 */
final class ThreadTime implements TimeLimit.UsedTime {

  /** Before this share of the limit, the processor's time does not matter, and costs to ask for. */
  private static final double ASKING_FROM = 0.2;

  private static final Duration LONGEST_LOOK = Duration.ofMillis(100);

  private final Thread thread;
  private final Duration askingFrom;
  private Duration whole = Duration.ZERO;
  private Duration waited = Duration.ZERO;
  private long processorBegin = -1;

  ThreadTime(Thread thread, Duration limit) {
    this.thread = thread;
    this.askingFrom = Duration.ofNanos((long) (limit.toNanos() * ASKING_FROM));
  }

  @Override
  public Duration afterAnother(Duration passed) {
    whole = whole.plus(passed);
    Thread.State state = thread.getState();
    if (state != Thread.State.RUNNABLE) {
      // After a longer pause, the observer itself did not get a processor and missed the changes.
      waited = waited.plus(passed.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : passed);
    }
    if (whole.compareTo(askingFrom) < 0) {
      return waited;
    }
    long processor = processorNanos();
    if (processorBegin < 0) {
      processorBegin = processor;
    }
    return waited.plusNanos(processor - processorBegin);
  }

  /** The processor's time of the thread; all of its time where Java cannot tell. */
  private long processorNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = threads.isThreadCpuTimeSupported() ? threads.getThreadCpuTime(thread.getId()) : -1;
    return nanos < 0 ? whole.minus(waited).toNanos() : nanos;
  }
}
