package org.gantry.watchdog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a watchdog makes of a look.
 *
 * @param memory what it wants to know at its next look: finite numbers by any names; part of every
 *     checkpoint
 * @param findings what is the case now
 */
public record WatchdogResult(Map<String, Double> memory, List<WatchdogFinding> findings) {

  /**
   * Copies, with the names in alphabetical order, so that equal memories are kept as equal files.
   */
  public WatchdogResult {
    memory = Collections.unmodifiableSortedMap(new TreeMap<>(memory));
    findings = List.copyOf(findings);
  }

  /** Nothing found. */
  public static WatchdogResult withoutFindings(Map<String, Double> memory) {
    return new WatchdogResult(memory, List.of());
  }
}
