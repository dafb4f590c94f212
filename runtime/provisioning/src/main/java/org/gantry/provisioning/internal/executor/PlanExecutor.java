package org.gantry.provisioning.internal.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.gantry.components.ComponentRegistry;
import org.gantry.provisioning.ChangePlan.PluginChange;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.LockFile.LockedPlugin;
import org.gantry.provisioning.internal.plan.PreparedPlan;
import org.gantry.provisioning.internal.plan.StateFolder;

/**
 * Executes plans: changes the state folder, then the running framework. Reverts both if a new
 * plugin does not work.
 *
 * @param state the state folder
 * @param running the plugins of the running framework
 * @param components the components of the running host
 * @param trial tries a change in another process
 * @param limit how long the check of one component may take
 * @param notices receives sentences about what is being waited for
 */
public record PlanExecutor(
    StateFolder state,
    RunningPlugins running,
    Supplier<ComponentRegistry> components,
    TrialProcess trial,
    Duration limit,
    Consumer<String> notices) {

  /**
   * Executes a plan. Needs the lock of the state folder.
   *
   * @param thirdParty whether plugins that do not come with the product run in this process
   * @return how many unused files were removed
   * @throws ProvisioningException if a new plugin does not work, or another process has changed the
   *     plugins since the plan was made
   */
  public int execute(PreparedPlan plan, boolean thirdParty) throws IOException {
    if (!plan.startsFromUnreadableState() && state.currentGeneration() != plan.fromGeneration()) {
      throw new ProvisioningException(
          false,
          "another process has changed the plugins meanwhile",
          "Run the command again.",
          null);
    }
    for (Map.Entry<String, Path> jar : plan.jars().entrySet()) {
      state.store(jar.getValue(), jar.getKey());
    }
    for (String hash : plan.released()) {
      state.releaseFromQuarantine(hash);
    }
    if (thirdParty && !plan.startsFromUnreadableState()) {
      requireWorkingStart(plan);
    }
    int number =
        plan.target().isPresent() ? plan.target().get() : state.addGeneration(plan.after());
    state.setCurrent(number);
    running.changeTo(plan.after(), thirdParty);
    Optional<String> problem = thirdParty ? findProblem(plan.incoming()) : Optional.empty();
    if (problem.isPresent() && !plan.startsFromUnreadableState()) {
      revert(plan, number, thirdParty);
      throw new ProvisioningException(false, problem.get(), "The change was reverted.", null);
    }
    return state.removeUnused();
  }

  /**
   * Starts the plugins that the plan adds or enables in another process. The plan is executed only
   * if that works.
   */
  private void requireWorkingStart(PreparedPlan plan) throws IOException {
    Map<String, String> added = added(plan);
    Optional<String> problem =
        added.isEmpty() ? Optional.empty() : trial.findProblem(plan.after(), added);
    if (problem.isEmpty()) {
      return;
    }
    for (PluginChange plugin : plan.incoming()) {
      state.releaseFromQuarantine(plugin.sha256());
    }
    plan.released().forEach(hash -> state.quarantine(hash, problem.get()));
    state.removeUnused();
    throw new ProvisioningException(false, problem.get(), "Nothing was changed.", null);
  }

  /** The plugins that are enabled after a plan and not before, by their hashes. */
  private Map<String, String> added(PreparedPlan plan) throws IOException {
    Map<String, String> added = new LinkedHashMap<>();
    for (LockedPlugin plugin : plan.after().plugins()) {
      if (plugin.enabled()) {
        added.put(plugin.sha256(), plugin.id());
      }
    }
    for (LockedPlugin plugin : state.lockFile(plan.fromGeneration()).plugins()) {
      if (plugin.enabled() && !plan.released().contains(plugin.sha256())) {
        added.remove(plugin.sha256());
      }
    }
    return added;
  }

  private void revert(PreparedPlan plan, int generation, boolean thirdParty) throws IOException {
    state.setCurrent(plan.fromGeneration());
    if (plan.target().isEmpty()) {
      state.removeGeneration(generation);
    }
    for (PluginChange plugin : plan.incoming()) {
      // Only installed plugins stay in quarantine, so the user can try to install this one again.
      state.releaseFromQuarantine(plugin.sha256());
    }
    running.changeTo(state.lockFile(plan.fromGeneration()), thirdParty);
  }

  private Optional<String> findProblem(List<PluginChange> incoming) {
    Map<String, String> problems = running.problems();
    for (PluginChange plugin : incoming) {
      Optional<String> problem = Optional.ofNullable(problems.get(plugin.id()));
      if (problem.isEmpty()) {
        problem = findComponentProblem(plugin.name(), plugin.version());
      }
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  /** The problem of a running plugin's components; empty if all work. */
  public Optional<String> findComponentProblem(String name, String version) {
    return new ComponentCheck(components.get(), limit, notices).firstProblem(name, version);
  }
}
