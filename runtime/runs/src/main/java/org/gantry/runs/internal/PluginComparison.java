package org.gantry.runs.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.PluginJar;
import org.gantry.runs.RunFolder.LockedComponent;

/** Whether the plugins that a run was made with are the ones that are here. */
public final class PluginComparison {

  /** As many digits of a hash as tell jars apart that were not made to be taken for each other. */
  private static final int DIGITS = 12;

  private PluginComparison() {}

  /**
   * Compares.
   *
   * @return a clause for each plugin that is missing, of another version, or of other content
   */
  public static List<String> differences(
      List<LockedComponent> locked, ComponentRegistry installed) {
    List<String> differences = new ArrayList<>();
    for (PluginJar used : used(locked)) {
      difference(used, jars(used.name(), installed)).ifPresent(differences::add);
    }
    return differences;
  }

  private static Collection<PluginJar> used(List<LockedComponent> locked) {
    return locked.stream()
        .map(
            component ->
                new PluginJar(component.bundle(), component.bundleVersion(), component.sha256()))
        .distinct()
        .toList();
  }

  private static Collection<PluginJar> jars(String bundle, ComponentRegistry installed) {
    Map<String, ComponentInfo> versions = new LinkedHashMap<>();
    installed.all().stream()
        .filter(component -> component.bundle().equals(bundle))
        .forEach(component -> versions.put(component.bundleVersion(), component));
    return versions.values().stream().map(installed::jar).toList();
  }

  private static Optional<String> difference(PluginJar used, Collection<PluginJar> here) {
    if (here.stream().anyMatch(jar -> isSame(used, jar))) {
      return Optional.empty();
    } else if (here.isEmpty()) {
      return Optional.of(used.name() + " was " + text(used) + ", and is not installed");
    }
    return Optional.of(
        "%s was %s, and is %s here"
            .formatted(
                used.name(),
                text(used),
                here.stream().map(PluginComparison::text).collect(Collectors.joining(" and "))));
  }

  private static boolean isSame(PluginJar used, PluginJar jar) {
    boolean noted = !used.sha256().isEmpty();
    return jar.version().equals(used.version()) && (!noted || jar.sha256().equals(used.sha256()));
  }

  private static String text(PluginJar jar) {
    String hash = jar.sha256();
    return hash.isEmpty()
        ? jar.version()
        : jar.version() + " (SHA-256 " + hash.substring(0, Math.min(DIGITS, hash.length())) + ")";
  }
}
