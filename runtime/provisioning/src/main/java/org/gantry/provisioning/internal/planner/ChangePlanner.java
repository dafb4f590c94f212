package org.gantry.provisioning.internal.planner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.gantry.host.Installation;
import org.gantry.host.support.AtomicFiles;
import org.gantry.provisioning.ChangeRequest;
import org.gantry.provisioning.ChangeRequest.EnableRequest;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import org.gantry.provisioning.ChangeRequest.InstallRequest;
import org.gantry.provisioning.ChangeRequest.PinRequest;
import org.gantry.provisioning.ChangeRequest.RemoveRequest;
import org.gantry.provisioning.ChangeRequest.RollbackRequest;
import org.gantry.provisioning.ChangeRequest.UpdateRequest;
import org.gantry.provisioning.InstalledPlugin;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockFile.LockedPlugin;
import org.gantry.provisioning.internal.plan.PreparedPlan;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.gantry.provisioning.internal.plan.StateFolder.CurrentState;
import org.gantry.provisioning.internal.planner.JarStaging.IncomingPlugins;
import org.gantry.provisioning.internal.repository.PluginQuery;
import org.gantry.provisioning.internal.repository.PluginSources;
import org.gantry.provisioning.internal.repository.RepositoryList;
import org.gantry.provisioning.internal.trust.HostNames;
import org.gantry.provisioning.internal.trust.TrustStore;

/** Turns requests into plans. A {@link PlanBuilder} compares the lock files before and after. */
public final class ChangePlanner {

  private final StateFolder state;
  private final RepositoryList repositories;
  private final JarStaging staging;
  private final PlanBuilder builder;

  /**
   * Creates a planner.
   *
   * @param hostNames the names that belong to the host
   */
  public ChangePlanner(
      Installation installation,
      StateFolder state,
      RepositoryList repositories,
      TrustStore trust,
      PlanBuilder builder,
      HostNames hostNames) {
    this.state = state;
    this.repositories = repositories;
    this.staging = new JarStaging(installation, trust, builder, hostNames);
    this.builder = builder;
  }

  /**
   * Plans a change.
   *
   * @param plugins the installed plugins, which the request may name
   * @throws ProvisioningException if the change is impossible
   */
  public PreparedPlan plan(ChangeRequest request, Supplier<List<InstalledPlugin>> plugins)
      throws IOException {
    if (request instanceof RollbackRequest rollback) {
      return planRollback(rollback);
    } else if (request instanceof InstallRequest install) {
      return planInstallation(
          "install", install.policy(), (sources, lockFile) -> install.sources());
    } else if (request instanceof UpdateRequest update && update.names().isEmpty()) {
      return planInstallation("update", update.policy(), ChangePlanner::newerVersions);
    } else if (request instanceof UpdateRequest update) {
      List<InstalledPlugin> installed = plugins.get();
      return planInstallation(
          "update",
          update.policy(),
          (sources, lockFile) -> newerVersions(update.names(), installed, sources, lockFile));
    }
    return planSettings(request, plugins.get());
  }

  private PreparedPlan planRollback(RollbackRequest rollback) throws IOException {
    CurrentState current;
    try {
      int generation = state.currentGeneration();
      current = new CurrentState(generation, state.lockFile(generation));
    } catch (IOException e) {
      // A rollback repairs a current generation that cannot be read.
      current = new CurrentState(PreparedPlan.UNREADABLE, LockFile.PRODUCT);
    }
    if (current.generation() == 0 && rollback.generation().isEmpty()) {
      throw ProvisioningException.refused(
          "generation 0 is the product itself; there is no earlier one",
          "To return to a later generation, add --to N; 'gantry plugins generations' lists them.");
    }
    List<Integer> generations = state.generations();
    int target =
        rollback.generation().isPresent()
            ? rollback.generation().getAsInt()
            : current.generation() == PreparedPlan.UNREADABLE
                ? newestReadable(generations)
                : current.lockFile().parent();
    if (!generations.contains(target)) {
      throw ProvisioningException.refused(
          "there is no generation " + target,
          "The generations are "
              + generations.stream().map(String::valueOf).collect(Collectors.joining(", "))
              + "; 'gantry plugins generations' lists them.");
    }
    LockFile lockFile = state.lockFile(target);
    LockFile after =
        new LockFile(
            lockFile.parent(), "roll back to " + target, lockFile.plugins(), lockFile.disabled());
    return builder.build(
        current, after, Optional.of(target), List.of(), Map.of(), List.of(), Optional.empty());
  }

  private int newestReadable(List<Integer> generations) {
    return generations.stream().filter(this::isReadable).mapToInt(n -> n).max().orElse(0);
  }

  private boolean isReadable(int generation) {
    try {
      state.lockFile(generation);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Chooses the plugins to install, as sources for {@link PluginSources#fetch}. */
  private interface SourceChoice {
    List<String> choose(PluginSources sources, LockFile lockFile) throws IOException;
  }

  private PreparedPlan planInstallation(String action, InstallPolicy policy, SourceChoice choice)
      throws IOException {
    CurrentState current = state.readCurrent();
    Path folder = state.newStagingFolder();
    try {
      PluginSources sources = new PluginSources(repositories, policy, folder);
      List<String> names = choice.choose(sources, current.lockFile());
      IncomingPlugins incoming = staging.stage(current.lockFile(), names, sources);
      List<String> words = new ArrayList<>(List.of(action));
      incoming.changes().forEach(plugin -> words.add(plugin.id()));
      LockFile after = incoming.lockFile(current.generation(), String.join(" ", words));
      return builder
          .build(
              current,
              after,
              Optional.empty(),
              incoming.changes(),
              incoming.jars(),
              List.of(),
              Optional.of(folder))
          .withNotes(sources.notes());
    } catch (IOException | RuntimeException e) {
      AtomicFiles.delete(folder);
      throw e;
    }
  }

  private static List<String> newerVersions(
      List<String> names, List<InstalledPlugin> installed, PluginSources sources, LockFile lockFile)
      throws IOException {
    List<String> newer = new ArrayList<>();
    for (String words : names) {
      InstalledPlugin plugin = PluginQuery.findInstalled(words, installed);
      requireNotProduct(plugin);
      if (plugin.pinned()) {
        throw ProvisioningException.refused(
            plugin.name() + " is pinned to " + plugin.version(),
            "Unpin it first: gantry plugins unpin " + plugin.name());
      }
      for (LockedPlugin locked : lockFile.plugins()) {
        if (isSame(locked, plugin)) {
          sources.findNewer(locked).ifPresent(newer::add);
        }
      }
    }
    return newer;
  }

  private static List<String> newerVersions(PluginSources sources, LockFile lockFile)
      throws IOException {
    List<String> newer = new ArrayList<>();
    for (LockedPlugin plugin : lockFile.plugins()) {
      if (plugin.pinned()) {
        sources.addNote(plugin.id() + " is not updated because it is pinned");
        continue;
      }
      try {
        sources.findNewer(plugin).ifPresent(newer::add);
      } catch (ProvisioningException e) {
        // The other plugins can still be updated.
        sources.addNote(plugin.id() + " is not updated: " + e.getMessage());
      }
    }
    return newer;
  }

  private static void requireNotProduct(InstalledPlugin plugin) {
    if (plugin.isProduct()) {
      throw ProvisioningException.refused(
          plugin.name() + " comes with the product, which is updated as a whole", "");
    }
  }

  /** Plans to remove, enable, disable, pin or unpin plugins. */
  private PreparedPlan planSettings(ChangeRequest request, List<InstalledPlugin> installed)
      throws IOException {
    CurrentState current = state.readCurrent();
    LockFile after = current.lockFile();
    List<String> released = new ArrayList<>();
    for (String words : names(request)) {
      InstalledPlugin plugin = PluginQuery.findInstalled(words, installed);
      if (request instanceof EnableRequest enable) {
        after = withEnabled(after, plugin, enable.enabled());
        if (enable.enabled() && state.quarantineReason(plugin.sha256()).isPresent()) {
          released.add(plugin.sha256());
        }
      } else if (request instanceof PinRequest pin) {
        requireNotProduct(plugin);
        after = with(after, plugin, locked -> locked.withPinned(pin.pinned()));
      } else {
        requireRemovable(plugin);
        after = with(after, plugin, locked -> null);
      }
    }
    LockFile named =
        new LockFile(
            current.generation(),
            action(request) + " " + String.join(" ", names(request)),
            after.plugins(),
            after.disabled());
    return builder.build(
        current, named, Optional.empty(), List.of(), Map.of(), released, Optional.empty());
  }

  private static List<String> names(ChangeRequest request) {
    if (request instanceof RemoveRequest remove) {
      return remove.names();
    } else if (request instanceof EnableRequest enable) {
      return enable.names();
    } else if (request instanceof PinRequest pin) {
      return pin.names();
    }
    throw new IllegalArgumentException(request.toString());
  }

  private static String action(ChangeRequest request) {
    if (request instanceof EnableRequest enable) {
      return enable.enabled() ? "enable" : "disable";
    } else if (request instanceof PinRequest pin) {
      return pin.pinned() ? "pin" : "unpin";
    }
    return "remove";
  }

  private static void requireRemovable(InstalledPlugin plugin) {
    if (plugin.isProduct()) {
      throw ProvisioningException.refused(
          plugin.name() + " comes with the product and cannot be removed",
          "Disable it: gantry plugins disable " + plugin.name());
    }
  }

  private static LockFile withEnabled(LockFile lockFile, InstalledPlugin plugin, boolean on) {
    if (!plugin.isProduct()) {
      return with(lockFile, plugin, locked -> locked.withEnabled(on));
    }
    Set<String> disabled = new TreeSet<>(lockFile.disabled());
    if (on) {
      disabled.remove(plugin.name());
    } else {
      disabled.add(plugin.name());
    }
    return new LockFile(lockFile.parent(), lockFile.action(), lockFile.plugins(), disabled);
  }

  /** Changes one plugin of a lock file; null removes it. */
  private static LockFile with(
      LockFile lockFile, InstalledPlugin plugin, UnaryOperator<LockedPlugin> change) {
    List<LockedPlugin> plugins = new ArrayList<>();
    for (LockedPlugin locked : lockFile.plugins()) {
      LockedPlugin changed = isSame(locked, plugin) ? change.apply(locked) : locked;
      if (changed != null) {
        plugins.add(changed);
      }
    }
    return new LockFile(lockFile.parent(), lockFile.action(), plugins, lockFile.disabled());
  }

  private static boolean isSame(LockedPlugin locked, InstalledPlugin plugin) {
    return locked.name().equals(plugin.name()) && locked.version().equals(plugin.version());
  }
}
