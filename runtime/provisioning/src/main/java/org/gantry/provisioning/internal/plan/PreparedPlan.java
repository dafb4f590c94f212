package org.gantry.provisioning.internal.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.host.support.ErrorText;
import org.gantry.provisioning.ChangePlan;
import org.gantry.provisioning.ProvisioningException;

/**
 * A plan with what is needed to carry it out.
 *
 * @param after what is to be installed
 * @param target the generation that has it already, on the way back to one
 * @param jars the files that the store does not have yet, by their hashes
 * @param released hashes of what comes out of quarantine
 * @param staging where those files lie; removed with the plan
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

  /** Where a plan starts from whose present state cannot be read. */
  public static final int UNREADABLE = Integer.MAX_VALUE;

  /** Whether nobody knows what is installed, so that there is nothing to return to. */
  public boolean startsFromUnreadableState() {
    return fromGeneration == UNREADABLE;
  }

  /** The same with what whoever asked is to know besides. */
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
        StateFolder.delete(staging.get());
      }
    } catch (IOException e) {
      throw ProvisioningException.failed(
          staging.get() + " cannot be removed: " + ErrorText.of(e), e);
    }
  }
}
