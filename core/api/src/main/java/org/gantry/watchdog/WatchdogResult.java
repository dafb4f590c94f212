package org.gantry.watchdog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of an inspection.
 *
 * @param memory finite numbers by name, which the watchdog gets in its next inspection; checkpoints
 *     keep them
 * @param findings the present problems
 */
public record WatchdogResult(Map<String, Double> memory, List<WatchdogFinding> findings) {

  /** Copies the collections. Sorts the memory by name, so that equal memories give equal files. */
  public WatchdogResult {
    memory = Collections.unmodifiableSortedMap(new TreeMap<>(memory));
    findings = List.copyOf(findings);
  }

  /** Returns a result without findings. */
  public static WatchdogResult withoutFindings(Map<String, Double> memory) {
    return new WatchdogResult(memory, List.of());
  }
}
