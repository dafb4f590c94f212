package org.gantry.watchdog;

import java.util.Map;
import java.util.Optional;

/**
 * Detects one kind of trouble during training.
 *
 * <p>A watchdog is a pure function of what it inspects and of its memory. It has no mutable fields,
 * so a resumed training gets the same findings as one that never stopped. It returns a finding in
 * each inspection while the trouble lasts. The host reports a finding to the user once when it
 * appears and once when it disappears.
 */
public interface Watchdog {

  /**
   * Inspects a step after its updates. The host calls it for each step, in order. Its findings hold
   * until the next step.
   *
   * @param memory the memory of the last result; empty at the first call; unmodifiable
   */
  default WatchdogResult inspectStep(StepReport step, Map<String, Double> memory) {
    return WatchdogResult.withoutFindings(memory);
  }

  /**
   * Inspects samples. The host calls it at regular steps, once for each network whose outputs have
   * the shape of real data. Its findings hold until the next samples of the same network.
   *
   * @param memory the memory of the last result, shared with {@link #inspectStep}
   */
  default WatchdogResult inspectSamples(SampleBatch samples, Map<String, Double> memory) {
    return WatchdogResult.withoutFindings(memory);
  }

  /**
   * Inspects a failed step. The training ends after it, unless this watchdog has a finding and the
   * recipe returns to an earlier checkpoint for it.
   */
  default Optional<WatchdogFinding> inspectFailure(FailedStep step) {
    return Optional.empty();
  }
}
