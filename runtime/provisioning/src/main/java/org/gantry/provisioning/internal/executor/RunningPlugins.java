package org.gantry.provisioning.internal.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.gantry.component.Component;
import org.gantry.host.BundleResolver;
import org.gantry.host.BundleStart;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.host.support.TimeLimit;
import org.gantry.provisioning.internal.executor.PluginActivation.ActivationResult;
import org.gantry.provisioning.internal.executor.ProductPlugins.ProductPlugin;
import org.gantry.provisioning.internal.executor.ProductPlugins.VerifiedJars;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockFile.LockedPlugin;
import org.gantry.provisioning.internal.plan.StartRecord;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** The plugins of the running framework. */
public final class RunningPlugins {

  private static final long REFRESH_SECONDS = 30;

  private final BundleContext context;
  private final ProductPlugins product;
  private final StateFolder state;
  private final BundleResolver resolver;
  private final StartRecord records;
  private final PluginActivation activation;
  private final Duration timeLimit;
  private final Consumer<String> notices;

  private final Map<String, Bundle> bundles = new HashMap<>();
  private final Map<Path, ProductPlugin> installedProduct = new LinkedHashMap<>();
  private final Map<String, String> problems = new LinkedHashMap<>();
  private boolean damaged;

  /**
   * Creates the plugins of a framework without any.
   *
   * @param records the plugins whose start was fatal
   * @param timeLimit how long a plugin may take to start or stop
   * @param notices receives sentences about what is being waited for
   */
  public RunningPlugins(
      BundleContext context,
      ProductPlugins product,
      StateFolder state,
      BundleResolver resolver,
      StartRecord records,
      Duration timeLimit,
      Consumer<String> notices) {
    this.context = context;
    this.product = product;
    this.state = state;
    this.resolver = resolver;
    this.timeLimit = timeLimit;
    this.notices = notices;
    this.records = records;
    this.activation = new PluginActivation(context, state, records, timeLimit, notices);
  }

  /**
   * Makes the framework match a lock file: uninstalls, installs, resolves and starts plugins. Adds
   * plugins that do not work to the {@link #problems}.
   *
   * @param thirdParty whether to start plugins that do not come with the product
   */
  public void changeTo(LockFile lock, boolean thirdParty) {
    problems.clear();
    quarantineFatal();
    Map<String, LockedPlugin> usable = thirdParty ? usable(lock) : Map.of();
    Set<String> excluded = new HashSet<>(thirdParty ? lock.disabled() : Set.of());
    usable.values().stream().filter(p -> !p.sideBySide()).forEach(p -> excluded.add(p.name()));
    Set<String> expected = new HashSet<>(usable.keySet());
    VerifiedJars verified = product.verify();
    problems.putAll(verified.problems());
    installedProduct.keySet().retainAll(verified.jars());
    List<Path> productJars =
        verified.jars().stream()
            .filter(
                jar ->
                    !installedProduct.containsKey(jar)
                        || !excluded.contains(installedProduct.get(jar).name()))
            .toList();
    productJars.forEach(jar -> expected.add(location(jar)));
    uninstallAllExcept(expected);
    productJars.forEach(this::installProductPlugin);
    // The names of the product's plugins are known only after their installation.
    installedProduct.values().stream()
        .filter(plugin -> excluded.contains(plugin.name()))
        .forEach(plugin -> expected.remove(location(plugin.jar())));
    uninstallAllExcept(expected);
    usable.forEach(this::install);
    resolveAndStart();
  }

  private void quarantineFatal() {
    for (StartRecord.FatalStart start : records.takeFatal()) {
      state.quarantine(start.sha256(), "Gantry ended while " + start.activity());
    }
  }

  private Map<String, LockedPlugin> usable(LockFile lock) {
    Map<String, LockedPlugin> usable = new LinkedHashMap<>();
    for (LockedPlugin plugin : lock.plugins()) {
      if (plugin.enabled()) {
        Optional<String> problem = findJarProblem(plugin);
        problem.ifPresent(reason -> problems.put(plugin.id(), quarantined(plugin, reason)));
        if (problem.isEmpty()) {
          usable.put(location(state.storedJar(plugin.sha256())), plugin);
        }
      }
    }
    return usable;
  }

  /** Why a plugin must not start: its quarantine, or a missing or changed jar; may be empty. */
  public Optional<String> findJarProblem(LockedPlugin plugin) {
    Path jar = state.storedJar(plugin.sha256());
    Optional<String> quarantine = state.quarantineReason(plugin.sha256());
    if (quarantine.isPresent()) {
      return quarantine;
    }
    try {
      if (!Files.exists(jar)) {
        return Optional.of("its jar is missing: there is no " + jar);
      }
      return Sha256.of(jar).equals(plugin.sha256())
          ? Optional.empty()
          : Optional.of("its jar was changed: " + jar + " differs from the installed jar");
    } catch (IOException e) {
      return Optional.of("its jar cannot be read: " + ErrorText.of(e));
    }
  }

  private static String quarantined(LockedPlugin plugin, String reason) {
    return "plugin %s is in quarantine: %s; 'gantry plugins remove %s' removes it"
        .formatted(plugin.id(), reason, plugin.name());
  }

  private void installProductPlugin(Path jar) {
    String location = location(jar);
    if (bundles.containsKey(location)) {
      return;
    }
    try {
      Bundle bundle = context.installBundle(location);
      if (bundle.getSymbolicName() == null) {
        bundle.uninstall();
        problems.put(
            jar.toString(), jar + " is not a bundle: its manifest has no Bundle-SymbolicName");
        return;
      }
      bundles.put(location, bundle);
      installedProduct.put(
          jar,
          new ProductPlugin(
              jar, bundle.getSymbolicName(), bundle.getVersion().toString(), components(bundle)));
    } catch (BundleException e) {
      problems.put(jar.toString(), jar + " cannot be installed: " + ErrorText.of(e));
    }
  }

  private void install(String location, LockedPlugin plugin) {
    if (bundles.containsKey(location)) {
      return;
    }
    try {
      Bundle bundle = context.installBundle(location);
      bundles.put(location, bundle);
      String found = bundle.getSymbolicName() + " " + bundle.getVersion();
      if (!found.equals(plugin.id())) {
        problems.put(plugin.id(), quarantined(plugin, "its jar contains " + found));
        uninstall(location);
      }
    } catch (BundleException | RuntimeException e) {
      problems.put(plugin.id(), quarantined(plugin, "it cannot be installed: " + ErrorText.of(e)));
    }
  }

  private void uninstallAllExcept(Set<String> expected) {
    List<Bundle> uninstalled = new ArrayList<>();
    for (String location : List.copyOf(bundles.keySet())) {
      if (!expected.contains(location)) {
        uninstalled.add(uninstall(location));
      }
    }
    refresh(uninstalled);
  }

  private Bundle uninstall(String location) {
    Bundle bundle = bundles.remove(location);
    try (TimeLimit limit = new TimeLimit(timeLimit, notices)) {
      limit.run(
          id(bundle) + " to stop",
          () -> {
            bundle.uninstall();
            return null;
          });
    } catch (TimeLimit.PluginCodeException e) {
      problems.put(location, bundle.getSymbolicName() + " cannot be removed: " + e.getMessage());
    }
    return bundle;
  }

  /** Lets the framework release the classes of uninstalled bundles. */
  private void refresh(Collection<Bundle> uninstalled) {
    if (uninstalled.isEmpty()) {
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    context
        .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
        .adapt(FrameworkWiring.class)
        .refreshBundles(uninstalled, event -> done.countDown());
    try {
      if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
        problems.put("refresh", "a removed plugin has not stopped yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void resolveAndStart() {
    List<Bundle> all = bundles.values().stream().sorted().toList();
    for (Bundle bundle : all) {
      BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
      if (level.getStartLevel() != BundleStart.PLUGIN_LEVEL) {
        level.setStartLevel(BundleStart.PLUGIN_LEVEL);
      }
    }
    // All at once, because the resolver would repeat much work for each bundle.
    context
        .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
        .adapt(FrameworkWiring.class)
        .resolveBundles(all);
    List<Long> unresolved =
        all.stream()
            .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
            .map(Bundle::getBundleId)
            .toList();
    if (!unresolved.isEmpty()) {
      resolver
          .explainUnresolved(unresolved)
          .forEach((number, why) -> problems.put(id(context.getBundle(number)), why));
    }
    ActivationResult result =
        activation.start(all.stream().filter(b -> b.getState() == Bundle.RESOLVED).toList());
    problems.putAll(result.problems());
    damaged = result.damaged();
  }

  /**
   * Why plugins do not work, one sentence each, by the name and version of the plugin or by its
   * file.
   */
  public Map<String, String> problems() {
    return new LinkedHashMap<>(problems);
  }

  /** Whether a plugin stopped the framework or other bundles at the last start. */
  public boolean isDamaged() {
    return damaged;
  }

  /** Adds a problem until the next {@link #changeTo}. */
  public void addProblem(String id, String problem) {
    problems.put(id, problem);
  }

  /** The product's own plugins, including disabled and replaced ones. */
  public List<ProductPlugin> productPlugins() {
    return List.copyOf(installedProduct.values());
  }

  /** The running bundle of a jar; empty if it is not installed in the framework. */
  public Optional<Bundle> bundle(Path jar) {
    return Optional.ofNullable(bundles.get(location(jar)));
  }

  /** The wires between bundles, as in {@link BundleResolver.ResolutionResult#wires}. */
  public Set<String> wires() {
    Set<String> wires = new TreeSet<>();
    for (Bundle bundle : context.getBundles()) {
      BundleWiring wiring = bundle.adapt(BundleWiring.class);
      if (bundle.getBundleId() == 0 || wiring == null) {
        continue;
      }
      for (BundleWire wire : wiring.getRequiredWires(null)) {
        Bundle provider = wire.getProvider().getBundle();
        if (provider.getBundleId() != 0) {
          wires.add(id(bundle) + " -> " + id(provider));
        }
      }
    }
    return wires;
  }

  static String id(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  static List<String> components(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision == null
        ? List.of()
        : revision.getDeclaredCapabilities(Component.NAMESPACE).stream()
            .map(
                c ->
                    c.getAttributes().get("kind")
                        + "/"
                        + c.getAttributes().get(Component.NAMESPACE))
            .sorted()
            .toList();
  }

  private static String location(Path jar) {
    return "reference:" + jar.toUri();
  }
}
