package org.gantry.provisioning.internal.planner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.host.BundleResolver.ResolutionResult;
import org.gantry.host.Installation;
import org.gantry.maven.MavenCoordinates;
import org.gantry.provisioning.ChangePlan.PluginChange;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import org.gantry.provisioning.PluginDescription;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockFile.LockedPlugin;
import org.gantry.provisioning.internal.plan.StateFiles;
import org.gantry.provisioning.internal.repository.MavenPluginSource;
import org.gantry.provisioning.internal.repository.PluginSources;
import org.gantry.provisioning.internal.trust.FetchedJar;
import org.gantry.provisioning.internal.trust.HostNames;
import org.gantry.provisioning.internal.trust.JarInspection;
import org.gantry.provisioning.internal.trust.TrustDecision;
import org.gantry.provisioning.internal.trust.TrustStore;

/**
 * Fetches the jars of a request, inspects them, and decides whether the user trusts them. Runs none
 * of their code.
 *
 * @param hostNames the names that belong to the host
 */
record JarStaging(
    Installation installation, TrustStore trust, PlanBuilder builder, HostNames hostNames) {

  /** The groups of artifacts that the framework provides, in any version. */
  private static final Set<String> FRAMEWORK_GROUPS =
      Set.of("ai.djl", "ai.djl.pytorch", "org.gantry", "org.osgi", "org.slf4j");

  /**
   * Fetches plugins and those dependencies that they need.
   *
   * @param before the current lock file
   * @param names the plugins, as for {@link PluginSources#fetch}
   * @throws ProvisioningException if a plugin cannot be fetched, installed or trusted
   */
  IncomingPlugins stage(LockFile before, List<String> names, PluginSources sources)
      throws IOException {
    IncomingPlugins incoming = new IncomingPlugins(before);
    Map<Path, MavenCoordinates> artifacts = new LinkedHashMap<>();
    for (String name : names) {
      FetchedJar fetched = sources.fetch(name);
      add(incoming, fetched, inspect(fetched.jar()), sources.policy());
      MavenPluginSource.coordinatesIn(fetched.source())
          .ifPresent(c -> artifacts.put(fetched.jar().toAbsolutePath().normalize(), c));
    }
    for (Map.Entry<Path, MavenCoordinates> artifact : artifacts.entrySet()) {
      addDependencies(incoming, artifact.getKey(), artifact.getValue(), sources);
    }
    return incoming;
  }

  private JarInspection inspect(Path jar) {
    return JarInspection.inspect(jar, hostNames);
  }

  private void add(
      IncomingPlugins incoming,
      FetchedJar fetched,
      JarInspection inspection,
      InstallPolicy policy) {
    TrustDecision trusted = TrustDecision.of(inspection.signature(), fetched, trust);
    boolean allowed =
        policy.allowUnsigned() || incoming.wasUnsignedAllowed(inspection.description().name());
    trusted.requireTrusted(fetched, allowed);
    incoming.add(fetched, inspection, trusted, policy.sideBySide());
  }

  /** Adds those dependencies of an artifact that it needs to resolve. */
  private void addDependencies(
      IncomingPlugins incoming, Path jar, MavenCoordinates artifact, PluginSources sources)
      throws IOException {
    LockFile alone = incoming.lockFile(0, "");
    if (!builder.tryResolve(alone, incoming.jars(), List.of()).problems().containsKey(jar)) {
      return;
    }
    List<String> errors = new ArrayList<>();
    Map<String, JarInspection> bundles = new LinkedHashMap<>();
    Map<String, FetchedJar> fetched = new LinkedHashMap<>();
    Set<String> names = builder.pluginNames(alone);
    for (FetchedJar dependency :
        sources.maven().fetchDependencies(artifact, this::isMissing, errors)) {
      try {
        JarInspection inspection = inspect(dependency.jar());
        PluginDescription plugin = inspection.description();
        if (names.add(plugin.name())) {
          bundles.put(plugin.id(), inspection);
          fetched.put(plugin.id(), dependency);
        }
      } catch (ProvisioningException e) {
        errors.add(e.getMessage());
      }
    }
    ResolutionResult together = builder.tryResolve(alone, incoming.jars(), bundles.values());
    if (together.problems().containsKey(jar)) {
      throw ProvisioningException.refused(
          together.problems().get(jar),
          errors.isEmpty()
              ? "No dependency of %s provides it.".formatted(artifact)
              : "Some dependencies of %s cannot be used: %s."
                  .formatted(artifact, String.join("; ", errors)));
    }
    for (String id : providers(inspect(jar).description().id(), together.wires())) {
      if (bundles.containsKey(id)) {
        add(incoming, fetched.get(id), bundles.get(id), sources.policy());
      }
    }
  }

  /** The bundles that a bundle is wired to, directly or through others. */
  private static Set<String> providers(String bundle, Set<String> wires) {
    Set<String> providers = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(bundle));
    while (!open.isEmpty()) {
      String start = open.remove() + " -> ";
      for (String wire : wires) {
        String to = wire.substring(wire.indexOf(" -> ") + 4);
        if (wire.startsWith(start) && providers.add(to)) {
          open.add(to);
        }
      }
    }
    return providers;
  }

  private boolean isMissing(MavenCoordinates artifact) {
    return !FRAMEWORK_GROUPS.contains(artifact.group()) && !isOfHost(artifact.artifact());
  }

  private boolean isOfHost(String artifact) {
    try {
      return StateFiles.list(installation.bundles()).stream()
          .map(jar -> jar.getFileName().toString().replaceFirst("-\\d.*", ""))
          .anyMatch(artifact::equals);
    } catch (IOException e) {
      return false;
    }
  }

  /** The plugins that a request adds to a lock file. */
  static final class IncomingPlugins {

    private final LockFile before;
    private final List<LockedPlugin> plugins;
    private final List<PluginChange> changes = new ArrayList<>();
    private final Map<String, Path> jars = new LinkedHashMap<>();

    IncomingPlugins(LockFile before) {
      this.before = before;
      this.plugins = new ArrayList<>(before.plugins());
    }

    /** Whether the user allowed an installed plugin of this name without a voucher. */
    boolean wasUnsignedAllowed(String name) {
      return before.plugins().stream().anyMatch(p -> p.name().equals(name) && p.unsignedAllowed());
    }

    /** Adds a plugin, next to its other versions or instead of them. */
    void add(
        FetchedJar fetched, JarInspection inspection, TrustDecision trusted, boolean sideBySide) {
      PluginDescription plugin = inspection.description();
      if (jars.containsKey(plugin.sha256())) {
        throw ProvisioningException.refused(plugin.id() + " is named twice", "");
      }
      boolean installed =
          plugins.stream().anyMatch(p -> p.sha256().equals(plugin.sha256()) && p.enabled());
      if (installed) {
        return;
      }
      boolean replaces =
          plugins.removeIf(
              p ->
                  p.name().equals(plugin.name())
                      && !(sideBySide && !p.version().equals(plugin.version())));
      plugins.add(
          new LockedPlugin(
              plugin.name(),
              plugin.version(),
              plugin.sha256(),
              fetched.source(),
              inspection.signature().signer(),
              trusted.recordedVoucher(),
              !trusted.trusted(),
              true,
              replaces && wasPinned(plugin.name()),
              sideBySide));
      changes.add(
          new PluginChange(
              plugin.name(),
              plugin.version(),
              plugin.sha256(),
              fetched.source(),
              trusted.describe(),
              plugin.components()));
      jars.put(plugin.sha256(), fetched.jar().toAbsolutePath().normalize());
    }

    private boolean wasPinned(String name) {
      return before.plugins().stream().anyMatch(p -> p.name().equals(name) && p.pinned());
    }

    /** The lock file with these plugins. */
    LockFile lockFile(int parent, String action) {
      return new LockFile(parent, action, plugins, before.disabled());
    }

    List<PluginChange> changes() {
      return changes;
    }

    /** The jars by hash. */
    Map<String, Path> jars() {
      return jars;
    }
  }
}
