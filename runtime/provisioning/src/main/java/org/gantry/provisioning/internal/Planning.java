package org.gantry.provisioning.internal;

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
import org.gantry.provisioning.Plugin;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.Request;
import org.gantry.provisioning.Request.Terms;

/**
 * Finds out what would be installed after a request; {@link Drafting} then says what that means.
 */
final class Planning {

  private final StateFolder state;
  private final Staging staging;
  private final Drafting drafting;

  Planning(StateFolder state, Staging staging, Drafting drafting) {
    this.state = state;
    this.staging = staging;
    this.drafting = drafting;
  }

  /**
   * Plans.
   *
   * @param plugins those that the request may name
   */
  Draft plan(Request request, Supplier<List<Plugin>> plugins) throws IOException {
    if (request instanceof Request.Rollback rollback) {
      return back(rollback);
    } else if (request instanceof Request.Install install) {
      return bringIn("install", install.terms(), (inquiry, present) -> install.what());
    } else if (request instanceof Request.Update update) {
      Selection selection = new Selection(plugins.get());
      return bringIn(
          "update",
          update.terms(),
          (inquiry, present) ->
              update.names().isEmpty()
                  ? newer(inquiry, present)
                  : newer(update, selection, inquiry, present));
    }
    return changed(request, new Selection(plugins.get()));
  }

  // ---- The way back
  // -----------------------------------------------------------------------------

  private Draft back(Request.Rollback rollback) throws IOException {
    int current;
    Lock before;
    try {
      current = state.current();
      before = state.lock(current);
    } catch (IOException e) {
      // Whatever it was, the way back is open.
      current = Draft.BROKEN;
      before = Lock.PRODUCT;
    }
    int from = current;
    List<Integer> numbers = state.generations();
    int to = rollback.generation().orElse(from == Draft.BROKEN ? newest(numbers) : before.parent());
    if (from == 0 && rollback.generation().isEmpty()) {
      throw ProvisioningException.refused(
          "there is nothing to return to: nothing was ever installed", "");
    } else if (!numbers.contains(to)) {
      throw ProvisioningException.refused(
          "there is no generation " + to + " any more",
          "There are " + numbers + "; 'gantry plugins generations' shows what they are.");
    }
    Lock target = state.lock(to);
    Lock after =
        new Lock(target.parent(), "roll back to " + to, target.plugins(), target.disabled());
    return drafting.draft(
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
  private interface Choice {
    List<String> of(Inquiry inquiry, Lock present) throws IOException;
  }

  private Draft bringIn(String action, Terms terms, Choice choice) throws IOException {
    Present present = Present.in(state);
    Path folder = state.staging();
    try {
      Inquiry inquiry = staging.inquiry(terms, folder);
      List<String> what = choice.of(inquiry, present.lock());
      Arrivals arrivals = staging.arrivals(present.lock(), what, inquiry);
      Lock after =
          arrivals.lock(
              present.number(), (action + " " + String.join(" ", arrivals.names())).strip());
      return drafting
          .draft(
              present.number(),
              present.lock(),
              after,
              Optional.empty(),
              arrivals.in(),
              arrivals.jars(),
              List.of(),
              Optional.of(folder))
          .noting(inquiry.notes());
    } catch (IOException | RuntimeException e) {
      StateFolder.delete(folder);
      throw e;
    }
  }

  private static List<String> newer(
      Request.Update update, Selection selection, Inquiry inquiry, Lock present)
      throws IOException {
    List<String> what = new ArrayList<>();
    for (String words : update.names()) {
      Plugin plugin = selection.one(words);
      if (plugin.source().equals(Plugin.PRODUCT)) {
        throw ofProduct(plugin);
      } else if (plugin.pinned()) {
        throw ProvisioningException.refused(
            plugin.name() + " is pinned to " + plugin.version(),
            "Unpin it first: gantry plugins unpin " + plugin.name());
      }
      for (Locked locked : present.plugins()) {
        if (isSame(locked, plugin)) {
          inquiry.newer(locked).ifPresent(what::add);
        }
      }
    }
    return what;
  }

  private static List<String> newer(Inquiry inquiry, Lock present) throws IOException {
    List<String> what = new ArrayList<>();
    for (Locked plugin : present.plugins()) {
      if (plugin.pinned()) {
        inquiry.note(plugin.id() + " stays, for it is pinned");
        continue;
      }
      try {
        inquiry.newer(plugin).ifPresent(what::add);
      } catch (ProvisioningException e) {
        // The others can be updated all the same.
        inquiry.note(plugin.id() + " stays, for nobody knows of a newer one: " + e.getMessage());
      }
    }
    return what;
  }

  private static ProvisioningException ofProduct(Plugin plugin) {
    return ProvisioningException.refused(
        plugin.name() + " comes with the product, which is updated as a whole", "");
  }

  // ---- Changing what is there
  // -------------------------------------------------------------------

  private Draft changed(Request request, Selection selection) throws IOException {
    Present present = Present.in(state);
    List<String> released = new ArrayList<>();
    Lock after = present.lock();
    if (request instanceof Request.Remove remove) {
      for (String words : remove.names()) {
        Plugin plugin = selection.one(words);
        if (plugin.source().equals(Plugin.PRODUCT)) {
          throw ProvisioningException.refused(
              plugin.name() + " comes with the product and cannot be removed",
              "Switch it off: gantry plugins disable " + plugin.name());
        }
        after = with(after, plugin, locked -> null);
      }
    } else if (request instanceof Request.Enable enable) {
      for (String words : enable.names()) {
        Plugin plugin = selection.one(words);
        boolean on = enable.enabled();
        after =
            plugin.source().equals(Plugin.PRODUCT)
                ? switched(after, plugin.name(), on)
                : with(after, plugin, locked -> locked.withEnabled(on));
        if (on && state.quarantine(plugin.sha256()).isPresent()) {
          released.add(plugin.sha256());
        }
      }
    } else if (request instanceof Request.Pin pin) {
      for (String words : pin.names()) {
        Plugin plugin = selection.one(words);
        if (plugin.source().equals(Plugin.PRODUCT)) {
          throw ofProduct(plugin);
        }
        after = with(after, plugin, locked -> locked.withPinned(pin.pinned()));
      }
    }
    Lock named = new Lock(present.number(), words(request), after.plugins(), after.disabled());
    return drafting.draft(
        present.number(),
        present.lock(),
        named,
        Optional.empty(),
        List.of(),
        Map.of(),
        released,
        Optional.empty());
  }

  private static String words(Request request) {
    if (request instanceof Request.Remove remove) {
      return "remove " + String.join(" ", remove.names());
    } else if (request instanceof Request.Enable enable) {
      return (enable.enabled() ? "enable " : "disable ") + String.join(" ", enable.names());
    } else if (request instanceof Request.Pin pin) {
      return (pin.pinned() ? "pin " : "unpin ") + String.join(" ", pin.names());
    }
    throw new IllegalArgumentException(request.toString());
  }

  private static Lock with(Lock lock, Plugin plugin, UnaryOperator<Locked> change) {
    List<Locked> plugins = new ArrayList<>();
    for (Locked locked : lock.plugins()) {
      Locked changed = isSame(locked, plugin) ? change.apply(locked) : locked;
      if (changed != null) {
        plugins.add(changed);
      }
    }
    return new Lock(lock.parent(), lock.action(), plugins, lock.disabled());
  }

  private static boolean isSame(Locked locked, Plugin plugin) {
    return locked.name().equals(plugin.name()) && locked.version().equals(plugin.version());
  }

  private static Lock switched(Lock lock, String name, boolean on) {
    Set<String> disabled = new TreeSet<>(lock.disabled());
    if (on) {
      disabled.remove(name);
    } else {
      disabled.add(name);
    }
    return new Lock(lock.parent(), lock.action(), lock.plugins(), disabled);
  }
}
