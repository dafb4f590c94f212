package org.gantry.provisioning.internal.planner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.provisioning.ChangePlan.PluginChange;
import org.gantry.provisioning.PluginDescription;
import org.gantry.provisioning.ProvisioningException;
import org.gantry.provisioning.internal.plan.LockFile;
import org.gantry.provisioning.internal.plan.LockedPlugin;
import org.gantry.provisioning.internal.trust.FetchedJar;
import org.gantry.provisioning.internal.trust.JarInspection;
import org.gantry.provisioning.internal.trust.TrustDecision;

/** The plugins that come in, among those that are there. */
public final class IncomingPlugins {

  private final LockFile before;
  private final List<LockedPlugin> plugins;
  private final List<PluginChange> in = new ArrayList<>();
  private final Map<String, Path> jars = new LinkedHashMap<>();

  IncomingPlugins(LockFile before) {
    this.before = before;
    this.plugins = new ArrayList<>(before.plugins());
  }

  /** Whether somebody agreed before to have a plugin of this name that nobody vouches for. */
  boolean isUnsignedAllowed(String name) {
    return before.plugins().stream().anyMatch(p -> p.name().equals(name) && p.unsignedAllowed());
  }

  /** Puts a plugin in the place of its other versions, or beside them. */
  void add(FetchedJar fetched, JarInspection inspection, TrustDecision vouching, boolean beside) {
    PluginDescription facts = inspection.description();
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
        new LockedPlugin(
            facts.name(),
            facts.version(),
            facts.sha256(),
            fetched.source(),
            inspection.signature().signer(),
            vouching.recordedVoucher(),
            !vouching.trusted(),
            true,
            pinned && wasPinned(facts.name()),
            beside));
    in.add(
        new PluginChange(
            facts.name(),
            facts.version(),
            facts.sha256(),
            fetched.source(),
            vouching.describe(),
            facts.components()));
    jars.put(facts.sha256(), fetched.jar().toAbsolutePath().normalize());
  }

  private static boolean stays(LockedPlugin plugin, PluginDescription facts, boolean beside) {
    return beside && !plugin.version().equals(facts.version());
  }

  private boolean wasPinned(String name) {
    return before.plugins().stream().anyMatch(p -> p.name().equals(name) && p.pinned());
  }

  /** The lock file with what has come in. */
  LockFile lockFile(int parent, String action) {
    return new LockFile(parent, action, plugins, before.disabled());
  }

  List<PluginChange> changes() {
    return in;
  }

  Map<String, Path> jars() {
    return jars;
  }

  List<String> names() {
    return in.stream().map(moving -> moving.name() + " " + moving.version()).toList();
  }
}
