package org.gantry.provisioning.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.provisioning.InstalledPlugin;
import org.gantry.provisioning.PluginProvisioner.Generation;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.executor.ProductPlugin;
import org.gantry.provisioning.internal.executor.RunningPlugins;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockedPlugin;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.gantry.provisioning.internal.trust.JarVoucher;
import org.gantry.provisioning.internal.trust.StoredJarManifest;

/**
 * What is there, for people to read, even where not all of it can be.
 *
 * @param state what was installed
 * @param live what runs
 */
public record PluginInventory(StateFolder state, RunningPlugins live) {

  /**
   * All plugins by name and version.
   *
   * @param third whether those that do not come with the product were to start
   */
  List<InstalledPlugin> plugins(boolean third) {
    List<InstalledPlugin> plugins = new ArrayList<>();
    Map<String, String> problems = live.problems();
    for (ProductPlugin base : live.productPlugins()) {
      plugins.add(
          plugin(base, live.bundle(base.jar()).isPresent(), problems.getOrDefault(base.id(), "")));
    }
    for (LockedPlugin locked : readable().plugins()) {
      String problem = third ? problems.getOrDefault(locked.id(), "") : "safe mode";
      plugins.add(plugin(locked, locked.enabled() && third, problem));
    }
    plugins.sort(
        Comparator.comparing(InstalledPlugin::name).thenComparing(InstalledPlugin::version));
    return plugins;
  }

  private static InstalledPlugin plugin(ProductPlugin base, boolean wanted, String problem) {
    return new InstalledPlugin(
        base.name(),
        base.version(),
        hash(base.jar()),
        InstalledPlugin.PRODUCT,
        "",
        JarVoucher.PRODUCT.words(),
        false,
        state(wanted, problem),
        problem,
        base.components());
  }

  private InstalledPlugin plugin(LockedPlugin locked, boolean wanted, String problem) {
    return new InstalledPlugin(
        locked.name(),
        locked.version(),
        locked.sha256(),
        locked.source(),
        locked.signer(),
        locked.voucher(),
        locked.pinned(),
        state(wanted, problem),
        problem,
        StoredJarManifest.components(state.storedJar(locked.sha256())));
  }

  private static InstalledPlugin.PluginState state(boolean wanted, String problem) {
    if (!wanted) {
      return InstalledPlugin.PluginState.DISABLED;
    }
    return problem.isEmpty()
        ? InstalledPlugin.PluginState.ACTIVE
        : InstalledPlugin.PluginState.QUARANTINED;
  }

  private static String hash(Path jar) {
    try {
      return Sha256.of(jar);
    } catch (IOException e) {
      throw ProvisioningException.failed(jar + " cannot be read: " + ErrorText.of(e), e);
    }
  }

  private LockFile readable() {
    try {
      return state.lock(state.currentGeneration());
    } catch (IOException e) {
      return LockFile.PRODUCT;
    }
  }

  /** All generations, oldest first. */
  List<Generation> generations() throws IOException {
    int current = state.currentGeneration();
    List<Generation> generations = new ArrayList<>();
    for (int number : state.generations()) {
      LockFile lock = readable(number);
      generations.add(
          new Generation(
              number,
              lock.action(),
              number == current,
              lock.plugins().stream().map(LockedPlugin::id).toList()));
    }
    return generations;
  }

  private LockFile readable(int generation) {
    try {
      return state.lock(generation);
    } catch (IOException e) {
      return new LockFile(0, "(cannot be read)", List.of(), Set.of());
    }
  }
}
