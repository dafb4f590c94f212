package org.gantry.provisioning.internal.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.gantry.components.ComponentRegistry;
import org.gantry.provisioning.ChangePlan.PluginChange;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.PreparedPlan;
import org.gantry.provisioning.internal.plan.StateFolder;

/**
 * Makes a planned change: for the state folder, then for the running framework; and takes it back
 * if what came in does not work.
 *
 * @param state is changed first
 * @param live is brought to it
 * @param components those of the running host
 * @param limit how long a plugin may take to be tried
 */
public record PlanExecutor(
    StateFolder state,
    RunningPlugins live,
    Supplier<ComponentRegistry> components,
    Duration limit) {

  /**
   * Carries out a plan; to be called by one at a time.
   *
   * @param third whether plugins that do not come with the product run in this process
   */
  public int execute(PreparedPlan draft, boolean third) throws IOException {
    if (!draft.startsFromUnreadableState() && state.currentGeneration() != draft.fromGeneration()) {
      throw new ProvisioningException(
          false, "somebody else has changed the plugins meanwhile", "Ask for it again.", null);
    }
    for (Map.Entry<String, Path> jar : draft.jars().entrySet()) {
      state.store(jar.getValue(), jar.getKey());
    }
    for (String hash : draft.released()) {
      state.releaseFromQuarantine(hash);
    }
    int number =
        draft.target().isPresent() ? draft.target().get() : state.addGeneration(draft.after());
    state.setCurrent(number);
    live.changeTo(draft.after(), third);
    Optional<String> trouble = third ? findProblem(draft.incoming()) : Optional.empty();
    if (trouble.isPresent() && !draft.startsFromUnreadableState()) {
      revert(draft, number, third);
      throw new ProvisioningException(
          false, trouble.get(), "Everything is as it was before.", null);
    }
    return state.removeUnused();
  }

  private void revert(PreparedPlan draft, int number, boolean third) throws IOException {
    state.setCurrent(draft.fromGeneration());
    if (draft.target().isEmpty()) {
      state.removeGeneration(number);
    }
    for (PluginChange moving : draft.incoming()) {
      // What is not installed is in no quarantine either: another attempt is a new one.
      state.releaseFromQuarantine(moving.sha256());
    }
    live.changeTo(state.lock(draft.fromGeneration()), third);
  }

  private Optional<String> findProblem(List<PluginChange> in) {
    Map<String, String> problems = live.problems();
    for (PluginChange moving : in) {
      String problem = problems.get(moving.name() + " " + moving.version());
      Optional<String> trouble =
          problem != null
              ? Optional.of(problem)
              : findComponentProblem(moving.name(), moving.version());
      if (trouble.isPresent()) {
        return trouble;
      }
    }
    return Optional.empty();
  }

  /** What is wrong with a plugin that has started; empty if nothing is. */
  public Optional<String> findComponentProblem(String name, String version) {
    return new ComponentCheck(components.get(), limit).firstProblem(name, version);
  }
}
