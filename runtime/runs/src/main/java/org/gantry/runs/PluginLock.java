package org.gantry.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.PluginJar;
import org.gantry.data.DataInventory;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.NetworkFile;
import org.gantry.recipes.text.JsonFiles;

/** Reads, writes and compares {@code plugins.lock.json}: the components and plugins of a run. */
final class PluginLock {

  /** How many digits of a hash a message shows. */
  private static final int SHOWN_DIGITS = 12;

  private PluginLock() {}

  /** The content of the file for a composition. */
  static byte[] toJson(ComposedRecipe composed) {
    return toJson(
        composed.components(), composed.plugins(), composed.inventories(), composed.networkFiles());
  }

  /** The content of the file for components, their plugins, and the files of data and networks. */
  static byte[] toJson(
      List<ComponentInfo> components,
      List<PluginJar> plugins,
      List<DataInventory> inventories,
      List<NetworkFile> networkFiles) {
    ObjectNode lock = JsonFiles.object();
    ArrayNode list = lock.putArray("components");
    for (ComponentInfo component : components) {
      list.addObject()
          .put("kind", component.kind())
          .put("name", component.name())
          .put("version", component.version())
          .put("bundle", component.bundle())
          .put("bundleVersion", component.bundleVersion())
          .put("sha256", sha256(component, plugins));
    }
    DataLock.addTo(lock, inventories);
    NetworkLock.addTo(lock, networkFiles);
    return JsonFiles.file(lock);
  }

  private static String sha256(ComponentInfo component, List<PluginJar> jars) {
    return jars.stream()
        .filter(jar -> jar.name().equals(component.bundle()))
        .filter(jar -> jar.version().equals(component.bundleVersion()))
        .map(PluginJar::sha256)
        .findFirst()
        .orElse("");
  }

  /**
   * Reads the file.
   *
   * @throws IOException if the file cannot be read or lacks a field
   */
  static List<LockedComponent> read(Path file) throws IOException {
    List<LockedComponent> components = new ArrayList<>();
    for (JsonNode entry : JsonFiles.required(JsonFiles.read(file), "components", file)) {
      components.add(
          new LockedComponent(
              JsonFiles.required(entry, "kind", file).asText(),
              JsonFiles.required(entry, "name", file).asText(),
              JsonFiles.required(entry, "version", file).asText(),
              JsonFiles.required(entry, "bundle", file).asText(),
              JsonFiles.required(entry, "bundleVersion", file).asText(),
              entry.path("sha256").asText()));
    }
    return components;
  }

  /**
   * Compares the plugins of a run with the installed ones.
   *
   * @return a clause for each plugin that is missing or has another version or another content
   */
  static List<String> differences(List<LockedComponent> locked, ComponentRegistry installed) {
    return locked.stream()
        .map(c -> new PluginJar(c.bundle(), c.bundleVersion(), c.sha256()))
        .distinct()
        .flatMap(jar -> difference(jar, installedJars(jar.name(), installed)).stream())
        .toList();
  }

  private static List<PluginJar> installedJars(String bundle, ComponentRegistry installed) {
    Map<String, ComponentInfo> versions = new LinkedHashMap<>();
    installed.all().stream()
        .filter(component -> component.bundle().equals(bundle))
        .forEach(component -> versions.put(component.bundleVersion(), component));
    return versions.values().stream().map(installed::jar).toList();
  }

  private static Optional<String> difference(PluginJar used, List<PluginJar> installed) {
    if (installed.stream().anyMatch(jar -> isSame(used, jar))) {
      return Optional.empty();
    } else if (installed.isEmpty()) {
      return Optional.of(used.name() + " was " + text(used) + ", and is not installed");
    }
    return Optional.of(
        "%s was %s, and is %s here"
            .formatted(
                used.name(),
                text(used),
                installed.stream().map(PluginLock::text).collect(Collectors.joining(" and "))));
  }

  private static boolean isSame(PluginJar used, PluginJar jar) {
    boolean hashed = !used.sha256().isEmpty();
    return jar.version().equals(used.version()) && (!hashed || jar.sha256().equals(used.sha256()));
  }

  private static String text(PluginJar jar) {
    String hash = jar.sha256();
    return hash.isEmpty()
        ? jar.version()
        : jar.version()
            + " (SHA-256 "
            + hash.substring(0, Math.min(SHOWN_DIGITS, hash.length()))
            + ")";
  }
}
