package org.gantry.provisioning.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.provisioning.Plan;
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
record Draft(
    int from,
    Lock after,
    Optional<Integer> target,
    List<Moving> in,
    List<Moving> out,
    List<String> settings,
    List<String> notes,
    List<String> wires,
    List<String> runs,
    Map<String, Path> jars,
    List<String> released,
    Optional<Path> staging)
    implements Plan {

  /** Where a plan starts from whose present state cannot be read. */
  static final int BROKEN = Integer.MAX_VALUE;

  /** Whether nobody knows what is installed, so that there is nothing to return to. */
  boolean startsFromRuins() {
    return from == BROKEN;
  }

  /** The same with what whoever asked is to know besides. */
  Draft noting(List<String> sentences) {
    return new Draft(
        from,
        after,
        target,
        in,
        out,
        settings,
        List.copyOf(sentences),
        wires,
        runs,
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
    return in.isEmpty() && out.isEmpty() && settings.isEmpty();
  }

  @Override
  public void close() {
    try {
      if (staging.isPresent()) {
        StateFolder.delete(staging.get());
      }
    } catch (IOException e) {
      throw ProvisioningException.failed(staging.get() + " cannot be removed: " + Told.of(e), e);
    }
  }
}
