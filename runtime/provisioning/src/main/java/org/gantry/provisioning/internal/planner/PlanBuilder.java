package org.gantry.provisioning.internal.planner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gantry.host.BundleResolver;
import org.gantry.host.BundleResolver.ResolutionResult;
import org.gantry.host.Installation;
import org.gantry.provisioning.ChangePlan.PluginChange;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.executor.ProductPlugins.ProductPlugin;
import org.gantry.provisioning.internal.executor.RunningPlugins;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockFile.LockedPlugin;
import org.gantry.provisioning.internal.plan.PluginLeases;
import org.gantry.provisioning.internal.plan.PreparedPlan;
import org.gantry.provisioning.internal.plan.StateFiles;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.gantry.provisioning.internal.plan.StateFolder.CurrentState;
import org.gantry.provisioning.internal.trust.JarInspection;
import org.gantry.provisioning.internal.trust.PluginManifest;

/**
 * Builds a plan from the lock files before and after a change.
 *
 * @param running the plugins of the running framework
 * @param resolver resolves jars without a framework
 * @param leases the plugins that running trainings use
 */
public record PlanBuilder(
    Installation installation,
    StateFolder state,
    RunningPlugins running,
    BundleResolver resolver,
    PluginLeases leases) {

  /**
   * Compares two lock files and resolves the second one.
   *
   * @param target the existing generation with the second lock file, for a rollback
   * @param incoming the new plugins
   * @param jars the jars that the store lacks, by hash
   * @param released the hashes of jars that leave the quarantine
   * @param staging the folder with downloaded jars
   * @throws ProvisioningException if a new plugin does not resolve, or a working plugin would stop
   *     working
   */
  PreparedPlan build(
      CurrentState current,
      LockFile after,
      Optional<Integer> target,
      List<PluginChange> incoming,
      Map<String, Path> jars,
      List<String> released,
      Optional<Path> staging)
      throws IOException {
    LockFile before = current.lockFile();
    List<PluginChange> added = new ArrayList<>(incoming);
    List<PluginChange> removed = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    for (LockedPlugin plugin : after.plugins()) {
      Optional<LockedPlugin> old = find(before, plugin);
      if (old.isEmpty() && incoming.stream().noneMatch(p -> p.sha256().equals(plugin.sha256()))) {
        added.add(change(plugin));
      }
      old.ifPresent(locked -> settings.addAll(settingChanges(locked, plugin)));
    }
    for (LockedPlugin plugin : before.plugins()) {
      if (find(after, plugin).isEmpty()) {
        removed.add(change(plugin));
      }
    }
    for (ProductPlugin plugin : running.productPlugins()) {
      boolean enabled = isUsed(plugin, after);
      if (isUsed(plugin, before) != enabled) {
        settings.add(plugin.id() + " of the product is " + (enabled ? "enabled" : "disabled"));
      }
    }
    released.forEach(hash -> settings.add("released from quarantine: " + hash));
    return new PreparedPlan(
        current.generation(),
        after,
        target,
        added,
        removed,
        settings,
        List.of(),
        wiringChanges(before, after, jars),
        blockingRuns(before, after),
        jars,
        released,
        staging);
  }

  private static List<String> settingChanges(LockedPlugin old, LockedPlugin plugin) {
    List<String> changes = new ArrayList<>();
    if (old.enabled() != plugin.enabled()) {
      changes.add(plugin.id() + (plugin.enabled() ? " is enabled" : " is disabled"));
    }
    if (old.pinned() != plugin.pinned()) {
      changes.add(plugin.id() + (plugin.pinned() ? " is pinned" : " is unpinned"));
    }
    return changes;
  }

  private static Optional<LockedPlugin> find(LockFile lockFile, LockedPlugin plugin) {
    return lockFile.plugins().stream()
        .filter(p -> p.id().equals(plugin.id()) && p.sha256().equals(plugin.sha256()))
        .findFirst();
  }

  private PluginChange change(LockedPlugin plugin) {
    return new PluginChange(
        plugin.name(),
        plugin.version(),
        plugin.sha256(),
        plugin.source(),
        signature(plugin),
        PluginManifest.componentsOf(state.storedJar(plugin.sha256())));
  }

  private static String signature(LockedPlugin plugin) {
    if (!plugin.voucher().isEmpty()) {
      return plugin.voucher();
    }
    return plugin.signer().isEmpty() ? "unsigned" : "signed by " + plugin.signer();
  }

  /** Whether a plugin of the product is neither disabled nor replaced. */
  private static boolean isUsed(ProductPlugin plugin, LockFile lockFile) {
    return !lockFile.disabled().contains(plugin.name())
        && lockFile.plugins().stream()
            .noneMatch(p -> p.enabled() && !p.sideBySide() && p.name().equals(plugin.name()));
  }

  /** The symbolic names of all plugins of a lock file and the product. */
  Set<String> pluginNames(LockFile lockFile) {
    Set<String> names = new TreeSet<>();
    running.productPlugins().stream()
        .filter(p -> isUsed(p, lockFile))
        .forEach(p -> names.add(p.name()));
    lockFile.plugins().stream().filter(LockedPlugin::enabled).forEach(p -> names.add(p.name()));
    return names;
  }

  /**
   * Resolves the plugins of a lock file without a framework.
   *
   * @param jars the jars that the store lacks, by hash
   * @param more further plugins to resolve
   */
  ResolutionResult tryResolve(
      LockFile lockFile, Map<String, Path> jars, Collection<JarInspection> more)
      throws IOException {
    Set<Path> plugins = new LinkedHashSet<>(pluginJars(lockFile, jars).keySet());
    more.forEach(inspection -> plugins.add(inspection.jar().toAbsolutePath().normalize()));
    return resolver.resolveJars(StateFiles.listJars(installation.bundles()), plugins);
  }

  /** The names and versions of the plugins of a lock file, by jar. */
  private Map<Path, String> pluginJars(LockFile lockFile, Map<String, Path> jars) {
    Map<Path, String> names = new LinkedHashMap<>();
    running.productPlugins().stream()
        .filter(plugin -> isUsed(plugin, lockFile))
        .forEach(plugin -> names.put(plugin.jar(), plugin.id()));
    for (LockedPlugin plugin : lockFile.plugins()) {
      if (plugin.enabled()) {
        Path jar = jars.getOrDefault(plugin.sha256(), state.storedJar(plugin.sha256()));
        names.put(jar.toAbsolutePath().normalize(), plugin.id());
      }
    }
    return names;
  }

  private List<String> wiringChanges(LockFile before, LockFile after, Map<String, Path> jars)
      throws IOException {
    Map<Path, String> names = pluginJars(after, jars);
    ResolutionResult result = tryResolve(after, jars, List.of());
    for (Map.Entry<Path, String> problem : result.problems().entrySet()) {
      String id = names.get(problem.getKey());
      boolean added = before.plugins().stream().noneMatch(p -> p.id().equals(id) && p.enabled());
      boolean worked = id != null && !running.problems().containsKey(id);
      if (id != null && (added || worked)) {
        throw ProvisioningException.refused(
            problem.getValue(),
            added ? "" : "This plugin works now and would stop working, so nothing was changed.");
      }
    }
    return differences(running.wires(), result.wires());
  }

  private static List<String> differences(Set<String> before, Set<String> after) {
    Set<String> changes = new TreeSet<>();
    after.stream().filter(w -> !before.contains(w)).forEach(w -> changes.add("+ " + w));
    before.stream().filter(w -> !after.contains(w)).forEach(w -> changes.add("- " + w));
    return List.copyOf(changes);
  }

  private List<String> blockingRuns(LockFile before, LockFile after) throws IOException {
    List<String> runs = new ArrayList<>();
    for (LockedPlugin plugin : before.plugins()) {
      if (plugin.enabled() && find(after, plugin).filter(LockedPlugin::enabled).isEmpty()) {
        runs.addAll(leases.runsUsing(plugin.pluginJar()));
      }
    }
    for (ProductPlugin plugin : running.productPlugins()) {
      if (isUsed(plugin, before) && !isUsed(plugin, after)) {
        runs.addAll(leases.runsUsing(plugin.pluginJar()));
      }
    }
    return runs.stream().distinct().sorted().toList();
  }
}
