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
import org.gantry.component.Component;
import org.gantry.host.BundleResolver;
import org.gantry.host.BundleStart;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockedPlugin;
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

/**
 * The plugins of the running framework. It is brought from whatever it is to what a lock file says;
 * at the start that is from nothing.
 */
public final class RunningPlugins {

  private static final long REFRESH_SECONDS = 30;

  private final BundleContext context;
  private final ProductPlugins packed;
  private final StateFolder state;
  private final BundleResolver resolution;
  private final Duration limit;

  private final Map<String, Bundle> bundles = new HashMap<>();
  private final Map<Path, ProductPlugin> base = new LinkedHashMap<>();
  private final Map<String, String> problems = new LinkedHashMap<>();

  public RunningPlugins(
      BundleContext context,
      ProductPlugins packed,
      StateFolder state,
      BundleResolver resolution,
      Duration limit) {
    this.context = context;
    this.packed = packed;
    this.state = state;
    this.resolution = resolution;
    this.limit = limit;
  }

  /**
   * Installs, resolves and starts what should be there, and takes away what should not. What does
   * not work is among the {@link #problems}.
   *
   * @param third whether plugins that do not come with the product are to be there
   */
  public void changeTo(LockFile lock, boolean third) {
    problems.clear();
    Map<String, LockedPlugin> usable = third ? usable(lock) : Map.of();
    Set<String> out = new HashSet<>(third ? lock.disabled() : Set.of());
    usable.values().stream().filter(p -> !p.sideBySide()).forEach(p -> out.add(p.name()));
    Set<String> wanted = new HashSet<>(usable.keySet());
    ProductPlugins.VerifiedJars found = packed.verify();
    problems.putAll(found.problems());
    base.keySet().retainAll(found.jars());
    List<Path> own =
        found.jars().stream()
            .filter(jar -> !base.containsKey(jar) || !out.contains(base.get(jar).name()))
            .toList();
    own.forEach(jar -> wanted.add(location(jar)));
    uninstallAllBut(wanted);
    own.forEach(this::installBase);
    // Only now are the names of all of the product's plugins known.
    base.values().stream()
        .filter(plugin -> out.contains(plugin.name()))
        .forEach(plugin -> wanted.remove(location(plugin.jar())));
    uninstallAllBut(wanted);
    usable.forEach(this::install);
    resolveAndStart();
  }

  private Map<String, LockedPlugin> usable(LockFile lock) {
    Map<String, LockedPlugin> usable = new LinkedHashMap<>();
    for (LockedPlugin plugin : lock.plugins()) {
      if (plugin.enabled()) {
        Optional<String> flaw = findJarProblem(plugin);
        flaw.ifPresent(reason -> problems.put(plugin.id(), sentence(plugin.id(), reason)));
        if (flaw.isEmpty()) {
          usable.put(location(state.storedJar(plugin.sha256())), plugin);
        }
      }
    }
    return usable;
  }

  /** What is wrong with a plugin's jar; empty if nothing is. */
  public Optional<String> findJarProblem(LockedPlugin plugin) {
    Path jar = state.storedJar(plugin.sha256());
    Optional<String> known = state.quarantineReason(plugin.sha256());
    if (known.isPresent()) {
      return known;
    }
    try {
      if (!Files.exists(jar)) {
        return Optional.of("its jar is missing: there is no " + jar);
      }
      return Sha256.of(jar).equals(plugin.sha256())
          ? Optional.empty()
          : Optional.of("its jar was changed: " + jar + " is not what was installed");
    } catch (IOException e) {
      return Optional.of("its jar cannot be read: " + ErrorText.of(e));
    }
  }

  private static String sentence(String id, String reason) {
    return "plugin " + id + " is in quarantine: " + reason;
  }

  // ---- Coming and going
  // -------------------------------------------------------------------------

  private void installBase(Path jar) {
    String location = location(jar);
    if (bundles.containsKey(location)) {
      return;
    }
    try {
      Bundle bundle = context.installBundle(location);
      if (bundle.getSymbolicName() == null) {
        bundle.uninstall();
        problems.put(jar.toString(), jar + " is no bundle: its manifest does not name it");
        return;
      }
      bundles.put(location, bundle);
      base.put(
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
        problems.put(plugin.id(), sentence(plugin.id(), "its jar is of " + found));
        uninstall(location);
      }
    } catch (BundleException | RuntimeException e) {
      problems.put(
          plugin.id(), sentence(plugin.id(), "it cannot be installed: " + ErrorText.of(e)));
    }
  }

  private void uninstallAllBut(Set<String> wanted) {
    List<Bundle> gone = new ArrayList<>();
    for (String location : List.copyOf(bundles.keySet())) {
      if (!wanted.contains(location)) {
        gone.add(uninstall(location));
      }
    }
    refresh(gone);
  }

  private Bundle uninstall(String location) {
    Bundle bundle = bundles.remove(location);
    try (TimeLimit guard = new TimeLimit(limit)) {
      guard.run(
          () -> {
            bundle.uninstall();
            return null;
          });
    } catch (TimeLimit.CodeFailure e) {
      problems.put(location, bundle.getSymbolicName() + " cannot be removed: " + e.getMessage());
    }
    return bundle;
  }

  /** Lets go of classes that nobody can load any more. */
  private void refresh(Collection<Bundle> gone) {
    if (gone.isEmpty()) {
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    context
        .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
        .adapt(FrameworkWiring.class)
        .refreshBundles(gone, event -> done.countDown());
    try {
      if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
        problems.put("refresh", "a plugin that was removed is still being stopped");
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
    // All at once: one by one, the resolver would do the same work many times.
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
      resolution
          .explainUnresolved(unresolved)
          .forEach((number, why) -> problems.put(id(context.getBundle(number)), why));
    }
    try (TimeLimit guard = new TimeLimit(limit)) {
      all.stream()
          .filter(bundle -> bundle.getState() == Bundle.RESOLVED)
          .forEach(bundle -> start(bundle, guard));
    }
  }

  private void start(Bundle bundle, TimeLimit guard) {
    if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null) {
      return;
    }
    try {
      guard.run(
          () -> {
            bundle.start(BundleStart.OPTIONS);
            return null;
          });
    } catch (TimeLimit.CodeFailure e) {
      String why =
          "bundle %s does not start: %s"
              .formatted(
                  id(bundle),
                  e.stillRuns() ? "starting it " + e.getMessage().substring(3) : e.getMessage());
      problems.put(id(bundle), why);
      hash(bundle).ifPresent(sha256 -> state.quarantine(sha256, why));
    }
  }

  /** The hash of a plugin that was installed; empty for one of the product. */
  private Optional<String> hash(Bundle bundle) {
    String file = bundle.getLocation().replaceAll(".*/", "").replaceAll("\\.jar$", "");
    return Sha256.isHash(file) ? Optional.of(file) : Optional.empty();
  }

  // ---- What is there
  // ----------------------------------------------------------------------------

  /** Why plugins do not work, by the name and version of each, or by the file that is none. */
  public Map<String, String> problems() {
    return new LinkedHashMap<>(problems);
  }

  public void addProblem(String id, String problem) {
    problems.put(id, problem);
  }

  /** The product's own plugins, with those that are switched off or replaced. */
  public List<ProductPlugin> productPlugins() {
    return List.copyOf(base.values());
  }

  public Optional<Bundle> bundle(Path jar) {
    return Optional.ofNullable(bundles.get(location(jar)));
  }

  /** Who takes something from whom, in the words of {@link BundleResolver.Trial#wires}. */
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
