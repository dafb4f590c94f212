package org.gantry.watchdog;

import java.util.Map;
import java.util.Optional;

/**
 * Looks out for one kind of trouble in a training.
 *
 * <p>A watchdog is a pure function of what it sees and what it remembers: it keeps nothing in
 * fields, so that a training which resumes, or goes back to a checkpoint, is watched as if it had
 * never stopped. It says what is the case now, again and again while it is the case; the host tells
 * the user once when a finding appears, and once when it is gone.
 */
public interface Watchdog {

  /**
   * Looks at a step, after its updates. Called for every step, in order. Its findings hold until
   * the next step.
   *
   * @param memory what the last verdict remembers; empty at the first call. Not to be modified.
   */
  default WatchdogResult inspectStep(StepReport step, Map<String, Double> memory) {
    return WatchdogResult.withoutFindings(memory);
  }

  /**
   * Looks at samples, every so many steps, once for each network whose output is comparable with
   * real data. Its findings hold until the next look at samples of the same network.
   *
   * @param memory as in {@link #inspectStep}, and shared with it
   */
  default WatchdogResult inspectSamples(SampleBatch samples, Map<String, Double> memory) {
    return WatchdogResult.withoutFindings(memory);
  }

  /**
   * Looks at a step that could not be done. The training ends after it, unless the recipe wants it
   * to go back to an earlier checkpoint when this watchdog finds something.
   */
  default Optional<WatchdogFinding> inspectFailure(FailedStep broken) {
    return Optional.empty();
  }
}
