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
import org.gantry.provisioning.internal.executor.ProductPlugin;
import org.gantry.provisioning.internal.executor.RunningPlugins;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockedPlugin;
import org.gantry.provisioning.internal.plan.PluginLeases;
import org.gantry.provisioning.internal.plan.PreparedPlan;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.gantry.provisioning.internal.trust.JarInspection;
import org.gantry.provisioning.internal.trust.StoredJarManifest;

/** Makes a plan out of what is installed and what is to be. */
public final class PlanBuilder {

  private final Installation installation;
  private final StateFolder state;
  private final RunningPlugins live;
  private final BundleResolver resolution;
  private final PluginLeases leases;

  public PlanBuilder(
      Installation installation,
      StateFolder state,
      RunningPlugins live,
      BundleResolver resolution,
      PluginLeases leases) {
    this.installation = installation;
    this.state = state;
    this.live = live;
    this.resolution = resolution;
    this.leases = leases;
  }

  /**
   * Compares, and resolves what is to be.
   *
   * @param in what comes in, with who answers for it
   * @throws ProvisioningException if something that comes in does not resolve, or something that
   *     works now would not any more
   */
  PreparedPlan build(
      int from,
      LockFile before,
      LockFile after,
      Optional<Integer> target,
      List<PluginChange> in,
      Map<String, Path> jars,
      List<String> released,
      Optional<Path> staging)
      throws IOException {
    List<PluginChange> coming = new ArrayList<>(in);
    List<PluginChange> going = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    for (LockedPlugin plugin : after.plugins()) {
      if (find(before, plugin).isEmpty() && in.stream().noneMatch(m -> is(m, plugin))) {
        coming.add(moving(plugin));
      }
      find(before, plugin).ifPresent(old -> settings.addAll(changes(old, plugin)));
    }
    for (LockedPlugin plugin : before.plugins()) {
      if (find(after, plugin).isEmpty()) {
        going.add(moving(plugin));
      }
    }
    for (ProductPlugin plugin : live.productPlugins()) {
      boolean was = isIn(plugin, before);
      boolean is = isIn(plugin, after);
      if (was != is) {
        settings.add(plugin.id() + " of the product is switched " + (is ? "on" : "off"));
      }
    }
    released.forEach(hash -> settings.add("out of quarantine: " + hash));
    List<String> wires = resolve(before, after, jars);
    return new PreparedPlan(
        from,
        after,
        target,
        coming,
        going,
        settings,
        List.of(),
        wires,
        runs(before, after),
        jars,
        released,
        staging);
  }

  private static List<String> changes(LockedPlugin old, LockedPlugin plugin) {
    List<String> changes = new ArrayList<>();
    if (old.enabled() != plugin.enabled()) {
      changes.add(plugin.id() + " is switched " + (plugin.enabled() ? "on" : "off"));
    }
    if (old.pinned() != plugin.pinned()) {
      changes.add(plugin.id() + (plugin.pinned() ? " is pinned" : " is no longer pinned"));
    }
    return changes;
  }

  private static boolean is(PluginChange moving, LockedPlugin plugin) {
    return moving.sha256().equals(plugin.sha256());
  }

  private static Optional<LockedPlugin> find(LockFile lock, LockedPlugin plugin) {
    return lock.plugins().stream()
        .filter(p -> p.id().equals(plugin.id()) && p.sha256().equals(plugin.sha256()))
        .findFirst();
  }

  private PluginChange moving(LockedPlugin plugin) {
    return new PluginChange(
        plugin.name(),
        plugin.version(),
        plugin.sha256(),
        plugin.source(),
        voucher(plugin),
        StoredJarManifest.components(state.storedJar(plugin.sha256())));
  }

  private static String voucher(LockedPlugin plugin) {
    if (!plugin.voucher().isEmpty()) {
      return plugin.voucher();
    }
    return plugin.signer().isEmpty() ? "unsigned" : "signed by " + plugin.signer();
  }

  private static boolean isIn(ProductPlugin plugin, LockFile lock) {
    return !lock.disabled().contains(plugin.name())
        && lock.plugins().stream()
            .noneMatch(p -> p.enabled() && !p.sideBySide() && p.name().equals(plugin.name()));
  }

  // ---- The resolver's verdict
  // -------------------------------------------------------------------

  /** The symbolic names of all plugins that would be there. */
  Set<String> pluginNames(LockFile after) {
    Set<String> names = new TreeSet<>();
    live.productPlugins().stream().filter(p -> isIn(p, after)).forEach(p -> names.add(p.name()));
    after.plugins().stream().filter(LockedPlugin::enabled).forEach(p -> names.add(p.name()));
    return names;
  }

  /**
   * Asks the resolver what would fit together.
   *
   * @param jars those that the store does not have yet, by their hashes
   * @param more what might be there besides
   */
  ResolutionResult tryResolve(
      LockFile after, Map<String, Path> jars, Collection<JarInspection> more) throws IOException {
    Set<Path> plugins = new LinkedHashSet<>(files(after, jars).keySet());
    more.forEach(inspection -> plugins.add(inspection.jar().toAbsolutePath().normalize()));
    List<Path> host =
        StateFolder.list(installation.bundles()).stream()
            .filter(file -> file.toString().endsWith(".jar"))
            .toList();
    return resolution.resolveJars(host, plugins);
  }

  /** The jars of all plugins that would be there, and which each is. */
  private Map<Path, String> files(LockFile after, Map<String, Path> jars) {
    Map<Path, String> names = new LinkedHashMap<>();
    live.productPlugins().stream()
        .filter(plugin -> isIn(plugin, after))
        .forEach(plugin -> names.put(plugin.jar(), plugin.id()));
    for (LockedPlugin plugin : after.plugins()) {
      if (plugin.enabled()) {
        Path jar = jars.getOrDefault(plugin.sha256(), state.storedJar(plugin.sha256()));
        names.put(jar.toAbsolutePath().normalize(), plugin.id());
      }
    }
    return names;
  }

  private List<String> resolve(LockFile before, LockFile after, Map<String, Path> jars)
      throws IOException {
    Map<Path, String> names = files(after, jars);
    ResolutionResult trial = tryResolve(after, jars, List.of());
    for (Map.Entry<Path, String> problem : trial.problems().entrySet()) {
      String id = names.get(problem.getKey());
      boolean comes = before.plugins().stream().noneMatch(p -> p.id().equals(id) && p.enabled());
      boolean worked = id != null && !live.problems().containsKey(id);
      if (id != null && (comes || worked)) {
        throw ProvisioningException.refused(
            problem.getValue(),
            comes ? "" : "It works now, and would not any more; so nothing was changed.");
      }
    }
    return differences(live.wires(), trial.wires());
  }

  private static List<String> differences(Set<String> before, Set<String> after) {
    Set<String> changes = new TreeSet<>();
    after.stream().filter(w -> !before.contains(w)).forEach(w -> changes.add("+ " + w));
    before.stream().filter(w -> !after.contains(w)).forEach(w -> changes.add("- " + w));
    return List.copyOf(changes);
  }

  private List<String> runs(LockFile before, LockFile after) throws IOException {
    List<String> runs = new ArrayList<>();
    for (LockedPlugin plugin : before.plugins()) {
      if (plugin.enabled() && find(after, plugin).filter(LockedPlugin::enabled).isEmpty()) {
        runs.addAll(leases.runsUsing(plugin.pluginJar()));
      }
    }
    for (ProductPlugin plugin : live.productPlugins()) {
      if (isIn(plugin, before) && !isIn(plugin, after)) {
        runs.addAll(leases.runsUsing(plugin.pluginJar()));
      }
    }
    return runs.stream().distinct().sorted().toList();
  }
}
