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
import org.gantry.provisioning.internal.executor.ProductPlugins.ProductPlugin;
import org.gantry.provisioning.internal.executor.RunningPlugins;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockFile.LockedPlugin;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.gantry.provisioning.internal.trust.FetchedJar.JarVoucher;
import org.gantry.provisioning.internal.trust.PluginManifest;

/**
 * Lists plugins and generations, including those that cannot be read.
 *
 * @param state the installed plugins
 * @param running the plugins of the running framework
 */
record PluginInventory(StateFolder state, RunningPlugins running) {

  /**
   * All plugins by name and version.
   *
   * @param thirdParty whether plugins that do not come with the product were started
   */
  List<InstalledPlugin> plugins(boolean thirdParty) {
    List<InstalledPlugin> plugins = new ArrayList<>();
    Map<String, String> problems = running.problems();
    for (ProductPlugin product : running.productPlugins()) {
      plugins.add(
          plugin(
              product,
              running.bundle(product.jar()).isPresent(),
              problems.getOrDefault(product.id(), "")));
    }
    for (LockedPlugin locked : currentLockFile().plugins()) {
      String problem = thirdParty ? problems.getOrDefault(locked.id(), "") : "safe mode";
      plugins.add(plugin(locked, locked.enabled() && thirdParty, problem));
    }
    plugins.sort(
        Comparator.comparing(InstalledPlugin::name).thenComparing(InstalledPlugin::version));
    return plugins;
  }

  private static InstalledPlugin plugin(ProductPlugin product, boolean enabled, String problem) {
    return new InstalledPlugin(
        product.name(),
        product.version(),
        hash(product.jar()),
        InstalledPlugin.PRODUCT,
        "",
        JarVoucher.PRODUCT.words(),
        false,
        state(enabled, problem),
        problem,
        product.components());
  }

  private InstalledPlugin plugin(LockedPlugin locked, boolean enabled, String problem) {
    return new InstalledPlugin(
        locked.name(),
        locked.version(),
        locked.sha256(),
        locked.source(),
        locked.signer(),
        locked.voucher(),
        locked.pinned(),
        state(enabled, problem),
        problem,
        PluginManifest.componentsOf(state.storedJar(locked.sha256())));
  }

  private static InstalledPlugin.PluginState state(boolean enabled, String problem) {
    if (!enabled) {
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

  private LockFile currentLockFile() {
    try {
      return state.lockFile(state.currentGeneration());
    } catch (IOException e) {
      return LockFile.PRODUCT;
    }
  }

  /** All generations, oldest first. */
  List<Generation> generations() throws IOException {
    int current = state.currentGeneration();
    List<Generation> generations = new ArrayList<>();
    for (int number : state.generations()) {
      LockFile lock = readableLockFile(number);
      generations.add(
          new Generation(
              number,
              lock.action(),
              number == current,
              lock.plugins().stream().map(LockedPlugin::id).toList()));
    }
    return generations;
  }

  private LockFile readableLockFile(int generation) {
    try {
      return state.lockFile(generation);
    } catch (IOException e) {
      return new LockFile(0, "(cannot be read)", List.of(), Set.of());
    }
  }
}
