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
import org.gantry.provisioning.ChangeRequest;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import org.gantry.provisioning.InstalledPlugin;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.CurrentState;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockedPlugin;
import org.gantry.provisioning.internal.plan.PreparedPlan;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.gantry.provisioning.internal.repository.PluginSources;

/**
 * Finds out what would be installed after a request; {@link PlanBuilder} then says what that means.
 */
public final class ChangePlanner {

  private final StateFolder state;
  private final JarStaging staging;
  private final PlanBuilder drafting;

  public ChangePlanner(StateFolder state, JarStaging staging, PlanBuilder drafting) {
    this.state = state;
    this.staging = staging;
    this.drafting = drafting;
  }

  /**
   * Plans.
   *
   * @param plugins those that the request may name
   */
  public PreparedPlan plan(ChangeRequest request, Supplier<List<InstalledPlugin>> plugins)
      throws IOException {
    if (request instanceof ChangeRequest.RollbackRequest rollback) {
      return back(rollback);
    } else if (request instanceof ChangeRequest.InstallRequest install) {
      return bringIn("install", install.policy(), (inquiry, present) -> install.sources());
    } else if (request instanceof ChangeRequest.UpdateRequest update) {
      PluginSelection selection = new PluginSelection(plugins.get());
      return bringIn(
          "update",
          update.policy(),
          (inquiry, present) ->
              update.names().isEmpty()
                  ? newer(inquiry, present)
                  : newer(update, selection, inquiry, present));
    }
    return changed(request, new PluginSelection(plugins.get()));
  }

  // ---- The way back
  // -----------------------------------------------------------------------------

  private PreparedPlan back(ChangeRequest.RollbackRequest rollback) throws IOException {
    int current;
    LockFile before;
    try {
      current = state.currentGeneration();
      before = state.lock(current);
    } catch (IOException e) {
      // Whatever it was, the way back is open.
      current = PreparedPlan.UNREADABLE;
      before = LockFile.PRODUCT;
    }
    int from = current;
    List<Integer> numbers = state.generations();
    int to =
        rollback
            .generation()
            .orElse(from == PreparedPlan.UNREADABLE ? newest(numbers) : before.parent());
    if (from == 0 && rollback.generation().isEmpty()) {
      throw ProvisioningException.refused(
          "there is nothing to return to: nothing was ever installed", "");
    } else if (!numbers.contains(to)) {
      throw ProvisioningException.refused(
          "there is no generation " + to + " any more",
          "There are " + numbers + "; 'gantry plugins generations' shows what they are.");
    }
    LockFile target = state.lock(to);
    LockFile after =
        new LockFile(target.parent(), "roll back to " + to, target.plugins(), target.disabled());
    return drafting.build(
        from, before, after, Optional.of(to), List.of(), Map.of(), List.of(), Optional.empty());
  }

  /** The newest generation that can be read. */
  private int newest(List<Integer> numbers) {
    return numbers.stream().filter(this::isReadable).mapToInt(n -> n).max().orElse(0);
  }

  private boolean isReadable(int generation) {
    try {
      state.lock(generation);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  // ---- Bringing in
  // ------------------------------------------------------------------------------

  /** Finds out what to bring in. */
  private interface SourceChoice {
    List<String> of(PluginSources inquiry, LockFile present) throws IOException;
  }

  private PreparedPlan bringIn(String action, InstallPolicy terms, SourceChoice choice)
      throws IOException {
    CurrentState present = CurrentState.read(state);
    Path folder = state.newStagingFolder();
    try {
      PluginSources inquiry = staging.pluginSources(terms, folder);
      List<String> what = choice.of(inquiry, present.lock());
      IncomingPlugins arrivals = staging.stage(present.lock(), what, inquiry);
      LockFile after =
          arrivals.lockFile(
              present.number(), (action + " " + String.join(" ", arrivals.names())).strip());
      return drafting
          .build(
              present.number(),
              present.lock(),
              after,
              Optional.empty(),
              arrivals.changes(),
              arrivals.jars(),
              List.of(),
              Optional.of(folder))
          .withNotes(inquiry.notes());
    } catch (IOException | RuntimeException e) {
      StateFolder.delete(folder);
      throw e;
    }
  }

  private static List<String> newer(
      ChangeRequest.UpdateRequest update,
      PluginSelection selection,
      PluginSources inquiry,
      LockFile present)
      throws IOException {
    List<String> what = new ArrayList<>();
    for (String words : update.names()) {
      InstalledPlugin plugin = selection.find(words);
      if (plugin.source().equals(InstalledPlugin.PRODUCT)) {
        throw ofProduct(plugin);
      } else if (plugin.pinned()) {
        throw ProvisioningException.refused(
            plugin.name() + " is pinned to " + plugin.version(),
            "Unpin it first: gantry plugins unpin " + plugin.name());
      }
      for (LockedPlugin locked : present.plugins()) {
        if (isSame(locked, plugin)) {
          inquiry.findNewer(locked).ifPresent(what::add);
        }
      }
    }
    return what;
  }

  private static List<String> newer(PluginSources inquiry, LockFile present) throws IOException {
    List<String> what = new ArrayList<>();
    for (LockedPlugin plugin : present.plugins()) {
      if (plugin.pinned()) {
        inquiry.addNote(plugin.id() + " stays, for it is pinned");
        continue;
      }
      try {
        inquiry.findNewer(plugin).ifPresent(what::add);
      } catch (ProvisioningException e) {
        // The others can be updated all the same.
        inquiry.addNote(plugin.id() + " stays, for nobody knows of a newer one: " + e.getMessage());
      }
    }
    return what;
  }

  private static ProvisioningException ofProduct(InstalledPlugin plugin) {
    return ProvisioningException.refused(
        plugin.name() + " comes with the product, which is updated as a whole", "");
  }

  // ---- Changing what is there
  // -------------------------------------------------------------------

  private PreparedPlan changed(ChangeRequest request, PluginSelection selection)
      throws IOException {
    CurrentState present = CurrentState.read(state);
    List<String> released = new ArrayList<>();
    LockFile after = present.lock();
    if (request instanceof ChangeRequest.RemoveRequest remove) {
      for (String words : remove.names()) {
        InstalledPlugin plugin = selection.find(words);
        if (plugin.source().equals(InstalledPlugin.PRODUCT)) {
          throw ProvisioningException.refused(
              plugin.name() + " comes with the product and cannot be removed",
              "Switch it off: gantry plugins disable " + plugin.name());
        }
        after = with(after, plugin, locked -> null);
      }
    } else if (request instanceof ChangeRequest.EnableRequest enable) {
      for (String words : enable.names()) {
        InstalledPlugin plugin = selection.find(words);
        boolean on = enable.enabled();
        after =
            plugin.source().equals(InstalledPlugin.PRODUCT)
                ? switched(after, plugin.name(), on)
                : with(after, plugin, locked -> locked.withEnabled(on));
        if (on && state.quarantineReason(plugin.sha256()).isPresent()) {
          released.add(plugin.sha256());
        }
      }
    } else if (request instanceof ChangeRequest.PinRequest pin) {
      for (String words : pin.names()) {
        InstalledPlugin plugin = selection.find(words);
        if (plugin.source().equals(InstalledPlugin.PRODUCT)) {
          throw ofProduct(plugin);
        }
        after = with(after, plugin, locked -> locked.withPinned(pin.pinned()));
      }
    }
    LockFile named =
        new LockFile(present.number(), words(request), after.plugins(), after.disabled());
    return drafting.build(
        present.number(),
        present.lock(),
        named,
        Optional.empty(),
        List.of(),
        Map.of(),
        released,
        Optional.empty());
  }

  private static String words(ChangeRequest request) {
    if (request instanceof ChangeRequest.RemoveRequest remove) {
      return "remove " + String.join(" ", remove.names());
    } else if (request instanceof ChangeRequest.EnableRequest enable) {
      return (enable.enabled() ? "enable " : "disable ") + String.join(" ", enable.names());
    } else if (request instanceof ChangeRequest.PinRequest pin) {
      return (pin.pinned() ? "pin " : "unpin ") + String.join(" ", pin.names());
    }
    throw new IllegalArgumentException(request.toString());
  }

  private static LockFile with(
      LockFile lock, InstalledPlugin plugin, UnaryOperator<LockedPlugin> change) {
    List<LockedPlugin> plugins = new ArrayList<>();
    for (LockedPlugin locked : lock.plugins()) {
      LockedPlugin changed = isSame(locked, plugin) ? change.apply(locked) : locked;
      if (changed != null) {
        plugins.add(changed);
      }
    }
    return new LockFile(lock.parent(), lock.action(), plugins, lock.disabled());
  }

  private static boolean isSame(LockedPlugin locked, InstalledPlugin plugin) {
    return locked.name().equals(plugin.name()) && locked.version().equals(plugin.version());
  }

  private static LockFile switched(LockFile lock, String name, boolean on) {
    Set<String> disabled = new TreeSet<>(lock.disabled());
    if (on) {
      disabled.remove(name);
    } else {
      disabled.add(name);
    }
    return new LockFile(lock.parent(), lock.action(), lock.plugins(), disabled);
  }
}
