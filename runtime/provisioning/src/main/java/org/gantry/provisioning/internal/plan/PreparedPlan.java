package org.gantry.provisioning.internal.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.gantry.provisioning.ChangePlan;
import org.gantry.provisioning.ProvisioningException;

/**
 * A plan with everything that its execution needs.
 *
 * @param after the lock file after the change
 * @param target the existing generation with this lock file, for a rollback
 * @param jars the jars that the store lacks, by hash
 * @param released the hashes of jars that leave the quarantine
 * @param staging the folder with downloaded jars; removed when the plan is closed
 */
public record PreparedPlan(
    int fromGeneration,
    LockFile after,
    Optional<Integer> target,
    List<PluginChange> incoming,
    List<PluginChange> outgoing,
    List<String> settingChanges,
    List<String> notes,
    List<String> wiringChanges,
    List<String> blockingRuns,
    Map<String, Path> jars,
    List<String> released,
    Optional<Path> staging)
    implements ChangePlan {

  /** The number of a current generation that cannot be read. */
  public static final int UNREADABLE = Integer.MAX_VALUE;

  /** Whether the current generation cannot be read, so a failed change cannot be reverted. */
  public boolean startsFromUnreadableState() {
    return fromGeneration == UNREADABLE;
  }

  /** The same plan with other notes. */
  public PreparedPlan withNotes(List<String> sentences) {
    return new PreparedPlan(
        fromGeneration,
        after,
        target,
        incoming,
        outgoing,
        settingChanges,
        List.copyOf(sentences),
        wiringChanges,
        blockingRuns,
        jars,
        released,
        staging);
  }

  @Override
  public String action() {
    return after.action();
  }

  @Override
  public boolean isEmpty() {
    return incoming.isEmpty() && outgoing.isEmpty() && settingChanges.isEmpty();
  }

  @Override
  public void close() {
    try {
      if (staging.isPresent()) {
        AtomicFiles.delete(staging.get());
      }
    } catch (IOException e) {
      throw ProvisioningException.failed(
          staging.get() + " cannot be removed: " + ErrorText.of(e), e);
    }
  }
}
