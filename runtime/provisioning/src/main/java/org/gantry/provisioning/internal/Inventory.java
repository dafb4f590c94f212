package org.gantry.provisioning.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.provisioning.Plugin;
import org.gantry.provisioning.Provisioning.Generation;
import org.gantry.provisioning.ProvisioningException;

/**
 * What is there, for people to read, even where not all of it can be.
 *
 * @param state what was installed
 * @param live what runs
 */
record Inventory(StateFolder state, LivePlugins live) {

  /**
   * All plugins by name and version.
   *
   * @param third whether those that do not come with the product were to start
   */
  List<Plugin> plugins(boolean third) {
    List<Plugin> plugins = new ArrayList<>();
    Map<String, String> problems = live.problems();
    for (BasePlugin base : live.base()) {
      plugins.add(
          plugin(base, live.bundle(base.jar()).isPresent(), problems.getOrDefault(base.id(), "")));
    }
    for (Locked locked : readable().plugins()) {
      String problem = third ? problems.getOrDefault(locked.id(), "") : "safe mode";
      plugins.add(plugin(locked, locked.enabled() && third, problem));
    }
    plugins.sort(Comparator.comparing(Plugin::name).thenComparing(Plugin::version));
    return plugins;
  }

  private static Plugin plugin(BasePlugin base, boolean wanted, String problem) {
    return new Plugin(
        base.name(),
        base.version(),
        hash(base.jar()),
        Plugin.PRODUCT,
        "",
        Voucher.PRODUCT.words(),
        false,
        state(wanted, problem),
        problem,
        base.components());
  }

  private Plugin plugin(Locked locked, boolean wanted, String problem) {
    return new Plugin(
        locked.name(),
        locked.version(),
        locked.sha256(),
        locked.source(),
        locked.signer(),
        locked.voucher(),
        locked.pinned(),
        state(wanted, problem),
        problem,
        StoredJar.components(state.jar(locked.sha256())));
  }

  private static Plugin.State state(boolean wanted, String problem) {
    if (!wanted) {
      return Plugin.State.DISABLED;
    }
    return problem.isEmpty() ? Plugin.State.ACTIVE : Plugin.State.QUARANTINED;
  }

  private static String hash(Path jar) {
    try {
      return Hash.of(jar);
    } catch (IOException e) {
      throw ProvisioningException.failed(jar + " cannot be read: " + Told.of(e), e);
    }
  }

  private Lock readable() {
    try {
      return state.lock(state.current());
    } catch (IOException e) {
      return Lock.PRODUCT;
    }
  }

  /** All generations, oldest first. */
  List<Generation> generations() throws IOException {
    int current = state.current();
    List<Generation> generations = new ArrayList<>();
    for (int number : state.generations()) {
      Lock lock = readable(number);
      generations.add(
          new Generation(
              number,
              lock.action(),
              number == current,
              lock.plugins().stream().map(Locked::id).toList()));
    }
    return generations;
  }

  private Lock readable(int generation) {
    try {
      return state.lock(generation);
    } catch (IOException e) {
      return new Lock(0, "(cannot be read)", List.of(), Set.of());
    }
  }
}
