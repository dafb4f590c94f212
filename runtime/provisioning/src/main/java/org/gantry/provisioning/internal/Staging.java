package org.gantry.provisioning.internal;

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
import org.gantry.host.Installation;
import org.gantry.host.Resolution.Trial;
import org.gantry.maven.Coordinates;
import org.gantry.provisioning.Facts;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.Request.Terms;

/** Fetches jars, verifies them and finds out who answers for them. Nothing of them runs. */
final class Staging {

  /** What the framework itself offers, of whatever version. */
  private static final Set<String> FRAMEWORK =
      Set.of("ai.djl", "ai.djl.pytorch", "org.gantry", "org.osgi", "org.slf4j");

  private final Installation installation;
  private final Sources sources;
  private final TrustFolder trust;
  private final Drafting drafting;
  private final Predicate<String> hostPackages;

  Staging(
      Installation installation,
      Sources sources,
      TrustFolder trust,
      Drafting drafting,
      Predicate<String> hostPackages) {
    this.installation = installation;
    this.sources = sources;
    this.trust = trust;
    this.drafting = drafting;
    this.hostPackages = hostPackages;
  }

  /** Begins to ask, for one request. */
  Inquiry inquiry(Terms terms, Path folder) {
    return sources.inquiry(terms, folder);
  }

  /**
   * Gets what somebody asked for, and what it needs and brings along.
   *
   * @param inquiry on the terms of the request
   */
  Arrivals arrivals(Lock before, List<String> what, Inquiry inquiry) throws IOException {
    Arrivals arrivals = new Arrivals(before);
    Map<Path, Coordinates> artifacts = new LinkedHashMap<>();
    for (String words : what) {
      Fetched fetched = inquiry.fetch(words);
      add(arrivals, fetched, inspect(fetched.jar()), inquiry.terms());
      MavenSource.named(fetched.source())
          .ifPresent(c -> artifacts.put(fetched.jar().toAbsolutePath().normalize(), c));
    }
    for (Map.Entry<Path, Coordinates> artifact : artifacts.entrySet()) {
      accompany(arrivals, artifact.getKey(), artifact.getValue(), inquiry);
    }
    return arrivals;
  }

  private Inspection inspect(Path jar) {
    return Inspection.of(jar, hostPackages);
  }

  private void add(Arrivals arrivals, Fetched fetched, Inspection inspection, Terms terms) {
    Vouching vouching = Vouching.of(inspection.signature(), fetched, trust);
    boolean agreed = terms.allowUnsigned() || arrivals.agreed(inspection.facts().name());
    vouching.require(fetched, agreed);
    arrivals.add(fetched, inspection, vouching, terms.beside());
  }

  // ---- What an artifact brings along
  // ------------------------------------------------------------

  /** Adds those dependencies of an artifact without which it would not resolve. */
  private void accompany(Arrivals arrivals, Path jar, Coordinates artifact, Inquiry inquiry)
      throws IOException {
    Lock alone = arrivals.lock(0, "");
    if (!drafting.attempt(alone, arrivals.jars(), List.of()).problems().containsKey(jar)) {
      return;
    }
    List<String> troubles = new ArrayList<>();
    Map<String, Inspection> bundles = new LinkedHashMap<>();
    Map<String, Fetched> fetched = new LinkedHashMap<>();
    Set<String> there = drafting.names(alone);
    for (Fetched need : inquiry.maven().needs(artifact, this::isLacking, troubles)) {
      try {
        Inspection inspection = inspect(need.jar());
        Facts facts = inspection.facts();
        if (there.add(facts.name())) {
          bundles.put(id(facts), inspection);
          fetched.put(id(facts), need);
        }
      } catch (ProvisioningException e) {
        troubles.add(e.getMessage());
      }
    }
    Trial together = drafting.attempt(alone, arrivals.jars(), bundles.values());
    if (together.problems().containsKey(jar)) {
      throw ProvisioningException.refused(
          together.problems().get(jar),
          troubles.isEmpty()
              ? "Nothing that %s depends on offers it.".formatted(artifact)
              : "Of what %s depends on, not all can be used: %s."
                  .formatted(artifact, String.join("; ", troubles)));
    }
    for (String id : taken(id(inspect(jar).facts()), together.wires())) {
      if (bundles.containsKey(id)) {
        add(arrivals, fetched.get(id), bundles.get(id), inquiry.terms());
      }
    }
  }

  private static String id(Facts facts) {
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

  private boolean isLacking(Coordinates artifact) {
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
