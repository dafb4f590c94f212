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
import java.util.function.Predicate;
import org.gantry.host.BundleResolver.ResolutionResult;
import org.gantry.host.Installation;
import org.gantry.maven.MavenCoordinates;
import org.gantry.provisioning.ChangeRequest.InstallPolicy;
import org.gantry.provisioning.PluginDescription;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.StateFolder;
import org.gantry.provisioning.internal.repository.MavenPluginSource;
import org.gantry.provisioning.internal.repository.PluginSources;
import org.gantry.provisioning.internal.repository.RepositoryList;
import org.gantry.provisioning.internal.trust.FetchedJar;
import org.gantry.provisioning.internal.trust.JarInspection;
import org.gantry.provisioning.internal.trust.TrustDecision;
import org.gantry.provisioning.internal.trust.TrustStore;

/** Fetches jars, verifies them and finds out who answers for them. Nothing of them runs. */
public final class JarStaging {

  /** What the framework itself offers, of whatever version. */
  private static final Set<String> FRAMEWORK =
      Set.of("ai.djl", "ai.djl.pytorch", "org.gantry", "org.osgi", "org.slf4j");

  private final Installation installation;
  private final RepositoryList sources;
  private final TrustStore trust;
  private final PlanBuilder drafting;
  private final Predicate<String> hostPackages;

  public JarStaging(
      Installation installation,
      RepositoryList sources,
      TrustStore trust,
      PlanBuilder drafting,
      Predicate<String> hostPackages) {
    this.installation = installation;
    this.sources = sources;
    this.trust = trust;
    this.drafting = drafting;
    this.hostPackages = hostPackages;
  }

  /** Begins to ask, for one request. */
  PluginSources pluginSources(InstallPolicy terms, Path folder) {
    return sources.pluginSources(terms, folder);
  }

  /**
   * Gets what somebody asked for, and what it needs and brings along.
   *
   * @param inquiry on the terms of the request
   */
  IncomingPlugins stage(LockFile before, List<String> what, PluginSources inquiry)
      throws IOException {
    IncomingPlugins arrivals = new IncomingPlugins(before);
    Map<Path, MavenCoordinates> artifacts = new LinkedHashMap<>();
    for (String words : what) {
      FetchedJar fetched = inquiry.fetch(words);
      add(arrivals, fetched, inspect(fetched.jar()), inquiry.policy());
      MavenPluginSource.coordinatesIn(fetched.source())
          .ifPresent(c -> artifacts.put(fetched.jar().toAbsolutePath().normalize(), c));
    }
    for (Map.Entry<Path, MavenCoordinates> artifact : artifacts.entrySet()) {
      accompany(arrivals, artifact.getKey(), artifact.getValue(), inquiry);
    }
    return arrivals;
  }

  private JarInspection inspect(Path jar) {
    return JarInspection.inspect(jar, hostPackages);
  }

  private void add(
      IncomingPlugins arrivals, FetchedJar fetched, JarInspection inspection, InstallPolicy terms) {
    TrustDecision vouching = TrustDecision.of(inspection.signature(), fetched, trust);
    boolean agreed =
        terms.allowUnsigned() || arrivals.isUnsignedAllowed(inspection.description().name());
    vouching.requireTrusted(fetched, agreed);
    arrivals.add(fetched, inspection, vouching, terms.sideBySide());
  }

  // ---- What an artifact brings along
  // ------------------------------------------------------------

  /** Adds those dependencies of an artifact without which it would not resolve. */
  private void accompany(
      IncomingPlugins arrivals, Path jar, MavenCoordinates artifact, PluginSources inquiry)
      throws IOException {
    LockFile alone = arrivals.lockFile(0, "");
    if (!drafting.tryResolve(alone, arrivals.jars(), List.of()).problems().containsKey(jar)) {
      return;
    }
    List<String> troubles = new ArrayList<>();
    Map<String, JarInspection> bundles = new LinkedHashMap<>();
    Map<String, FetchedJar> fetched = new LinkedHashMap<>();
    Set<String> there = drafting.pluginNames(alone);
    for (FetchedJar need : inquiry.maven().fetchDependencies(artifact, this::isLacking, troubles)) {
      try {
        JarInspection inspection = inspect(need.jar());
        PluginDescription facts = inspection.description();
        if (there.add(facts.name())) {
          bundles.put(id(facts), inspection);
          fetched.put(id(facts), need);
        }
      } catch (ProvisioningException e) {
        troubles.add(e.getMessage());
      }
    }
    ResolutionResult together = drafting.tryResolve(alone, arrivals.jars(), bundles.values());
    if (together.problems().containsKey(jar)) {
      throw ProvisioningException.refused(
          together.problems().get(jar),
          troubles.isEmpty()
              ? "Nothing that %s depends on offers it.".formatted(artifact)
              : "Of what %s depends on, not all can be used: %s."
                  .formatted(artifact, String.join("; ", troubles)));
    }
    for (String id : taken(id(inspect(jar).description()), together.wires())) {
      if (bundles.containsKey(id)) {
        add(arrivals, fetched.get(id), bundles.get(id), inquiry.policy());
      }
    }
  }

  private static String id(PluginDescription facts) {
    return facts.name() + " " + facts.version();
  }

  /** All from whom a bundle takes something, by way of others too. */
  private static Set<String> taken(String by, Set<String> wires) {
    Set<String> taken = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(by));
    while (!open.isEmpty()) {
      String start = open.remove() + " -> ";
      for (String wire : wires) {
        String to = wire.substring(wire.indexOf(" -> ") + 4);
        if (wire.startsWith(start) && taken.add(to)) {
          open.add(to);
        }
      }
    }
    return taken;
  }

  private boolean isLacking(MavenCoordinates artifact) {
    return !FRAMEWORK.contains(artifact.group()) && !isOfHost(artifact.artifact());
  }

  private boolean isOfHost(String artifact) {
    try {
      return StateFolder.list(installation.bundles()).stream()
          .map(jar -> jar.getFileName().toString().replaceFirst("-\\d.*", ""))
          .anyMatch(artifact::equals);
    } catch (IOException e) {
      return false;
    }
  }
}
