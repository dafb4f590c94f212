package org.gantry.provisioning.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.provisioning.Facts;
import org.gantry.provisioning.Plan.Moving;
import org.gantry.provisioning.ProvisioningException;

/** The plugins that come in, among those that are there. */
final class Arrivals {

  private final Lock before;
  private final List<Locked> plugins;
  private final List<Moving> in = new ArrayList<>();
  private final Map<String, Path> jars = new LinkedHashMap<>();

  Arrivals(Lock before) {
    this.before = before;
    this.plugins = new ArrayList<>(before.plugins());
  }

  /** Whether somebody agreed before to have a plugin of this name that nobody vouches for. */
  boolean agreed(String name) {
    return before.plugins().stream().anyMatch(p -> p.name().equals(name) && p.unsignedAllowed());
  }

  /** Puts a plugin in the place of its other versions, or beside them. */
  void add(Fetched fetched, Inspection inspection, Vouching vouching, boolean beside) {
    Facts facts = inspection.facts();
    if (jars.containsKey(facts.sha256())) {
      throw ProvisioningException.refused(
          facts.name() + " " + facts.version() + " is named twice", "");
    }
    boolean there =
        plugins.stream().anyMatch(p -> p.sha256().equals(facts.sha256()) && p.enabled());
    if (there) {
      return;
    }
    boolean pinned =
        plugins.removeIf(p -> p.name().equals(facts.name()) && !stays(p, facts, beside));
    plugins.add(
        new Locked(
            facts.name(),
            facts.version(),
            facts.sha256(),
            fetched.source(),
            inspection.signature().signer(),
            vouching.kept(),
            !vouching.trusted(),
            true,
            pinned && wasPinned(facts.name()),
            beside));
    in.add(
        new Moving(
            facts.name(),
            facts.version(),
            facts.sha256(),
            fetched.source(),
            vouching.words(),
            facts.components()));
    jars.put(facts.sha256(), fetched.jar().toAbsolutePath().normalize());
  }

  private static boolean stays(Locked plugin, Facts facts, boolean beside) {
    return beside && !plugin.version().equals(facts.version());
  }

  private boolean wasPinned(String name) {
    return before.plugins().stream().anyMatch(p -> p.name().equals(name) && p.pinned());
  }

  /** The lock file with what has come in. */
  Lock lock(int parent, String action) {
    return new Lock(parent, action, plugins, before.disabled());
  }

  List<Moving> in() {
    return in;
  }

  Map<String, Path> jars() {
    return jars;
  }

  List<String> names() {
    return in.stream().map(moving -> moving.name() + " " + moving.version()).toList();
  }
}
