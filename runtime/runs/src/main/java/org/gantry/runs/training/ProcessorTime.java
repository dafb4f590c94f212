package org.gantry.runs.training;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Time that processors spent. Unlike the time on a clock, it hardly changes when other programs
 * need the same processors.
 *
 * @param thread of the calling thread, in nanoseconds
 * @param process of all threads of the process, those of the virtual machine included, in
 *     nanoseconds, to a hundredth of a second; 0 if the system does not report it
 */
public record ProcessorTime(long thread, long process) {

  /** The time up to now. */
  static ProcessorTime now() {
    long process =
        ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    return new ProcessorTime(
        ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(), process);
  }

  ProcessorTime since(ProcessorTime start) {
    return new ProcessorTime(thread - start.thread, process - start.process);
  }

  ProcessorTime dividedBy(int steps) {
    return new ProcessorTime(thread / steps, process / steps);
  }
}
