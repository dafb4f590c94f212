package org.gantry.provisioning.internal;

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
import org.gantry.host.Installation;
import org.gantry.host.Resolution;
import org.gantry.host.Resolution.Trial;
import org.gantry.provisioning.Plan.Moving;
import org.gantry.provisioning.ProvisioningException;

/** Makes a plan out of what is installed and what is to be. */
final class Drafting {

  private final Installation installation;
  private final StateFolder state;
  private final LivePlugins live;
  private final Resolution resolution;
  private final Leases leases;

  Drafting(
      Installation installation,
      StateFolder state,
      LivePlugins live,
      Resolution resolution,
      Leases leases) {
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
  Draft draft(
      int from,
      Lock before,
      Lock after,
      Optional<Integer> target,
      List<Moving> in,
      Map<String, Path> jars,
      List<String> released,
      Optional<Path> staging)
      throws IOException {
    List<Moving> coming = new ArrayList<>(in);
    List<Moving> going = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    for (Locked plugin : after.plugins()) {
      if (find(before, plugin).isEmpty() && in.stream().noneMatch(m -> is(m, plugin))) {
        coming.add(moving(plugin));
      }
      find(before, plugin).ifPresent(old -> settings.addAll(changes(old, plugin)));
    }
    for (Locked plugin : before.plugins()) {
      if (find(after, plugin).isEmpty()) {
        going.add(moving(plugin));
      }
    }
    for (BasePlugin plugin : live.base()) {
      boolean was = isIn(plugin, before);
      boolean is = isIn(plugin, after);
      if (was != is) {
        settings.add(plugin.id() + " of the product is switched " + (is ? "on" : "off"));
      }
    }
    released.forEach(hash -> settings.add("out of quarantine: " + hash));
    List<String> wires = resolve(before, after, jars);
    return new Draft(
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

  private static List<String> changes(Locked old, Locked plugin) {
    List<String> changes = new ArrayList<>();
    if (old.enabled() != plugin.enabled()) {
      changes.add(plugin.id() + " is switched " + (plugin.enabled() ? "on" : "off"));
    }
    if (old.pinned() != plugin.pinned()) {
      changes.add(plugin.id() + (plugin.pinned() ? " is pinned" : " is no longer pinned"));
    }
    return changes;
  }

  private static boolean is(Moving moving, Locked plugin) {
    return moving.sha256().equals(plugin.sha256());
  }

  private static Optional<Locked> find(Lock lock, Locked plugin) {
    return lock.plugins().stream()
        .filter(p -> p.id().equals(plugin.id()) && p.sha256().equals(plugin.sha256()))
        .findFirst();
  }

  private Moving moving(Locked plugin) {
    return new Moving(
        plugin.name(),
        plugin.version(),
        plugin.sha256(),
        plugin.source(),
        voucher(plugin),
        StoredJar.components(state.jar(plugin.sha256())));
  }

  private static String voucher(Locked plugin) {
    if (!plugin.voucher().isEmpty()) {
      return plugin.voucher();
    }
    return plugin.signer().isEmpty() ? "unsigned" : "signed by " + plugin.signer();
  }

  private static boolean isIn(BasePlugin plugin, Lock lock) {
    return !lock.disabled().contains(plugin.name())
        && lock.plugins().stream()
            .noneMatch(p -> p.enabled() && !p.beside() && p.name().equals(plugin.name()));
  }

  // ---- The resolver's verdict
  // -------------------------------------------------------------------

  /** The symbolic names of all plugins that would be there. */
  Set<String> names(Lock after) {
    Set<String> names = new TreeSet<>();
    live.base().stream().filter(p -> isIn(p, after)).forEach(p -> names.add(p.name()));
    after.plugins().stream().filter(Locked::enabled).forEach(p -> names.add(p.name()));
    return names;
  }

  /**
   * Asks the resolver what would fit together.
   *
   * @param jars those that the store does not have yet, by their hashes
   * @param more what might be there besides
   */
  Trial attempt(Lock after, Map<String, Path> jars, Collection<Inspection> more)
      throws IOException {
    Set<Path> plugins = new LinkedHashSet<>(files(after, jars).keySet());
    more.forEach(inspection -> plugins.add(inspection.jar().toAbsolutePath().normalize()));
    List<Path> host =
        StateFolder.list(installation.bundles()).stream()
            .filter(file -> file.toString().endsWith(".jar"))
            .toList();
    return resolution.attempt(host, plugins);
  }

  /** The jars of all plugins that would be there, and which each is. */
  private Map<Path, String> files(Lock after, Map<String, Path> jars) {
    Map<Path, String> names = new LinkedHashMap<>();
    live.base().stream()
        .filter(plugin -> isIn(plugin, after))
        .forEach(plugin -> names.put(plugin.jar(), plugin.id()));
    for (Locked plugin : after.plugins()) {
      if (plugin.enabled()) {
        Path jar = jars.getOrDefault(plugin.sha256(), state.jar(plugin.sha256()));
        names.put(jar.toAbsolutePath().normalize(), plugin.id());
      }
    }
    return names;
  }

  private List<String> resolve(Lock before, Lock after, Map<String, Path> jars) throws IOException {
    Map<Path, String> names = files(after, jars);
    Trial trial = attempt(after, jars, List.of());
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

  private List<String> runs(Lock before, Lock after) throws IOException {
    List<String> runs = new ArrayList<>();
    for (Locked plugin : before.plugins()) {
      if (plugin.enabled() && find(after, plugin).filter(Locked::enabled).isEmpty()) {
        runs.addAll(leases.runs(plugin.content()));
      }
    }
    for (BasePlugin plugin : live.base()) {
      if (isIn(plugin, before) && !isIn(plugin, after)) {
        runs.addAll(leases.runs(plugin.content()));
      }
    }
    return runs.stream().distinct().sorted().toList();
  }
}
