package org.gantry.provisioning.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gantry.components.PluginJar;
import org.gantry.host.support.Sha256;
import org.gantry.host.support.TextFiles;
import org.gantry.recipes.text.JsonFiles;

/**
 * A generation of the installation: the installed plugins, and the disabled ones of the product.
 *
 * @param parent the generation that this one was made from
 * @param action the change that made it
 * @param plugins the installed plugins
 * @param disabled the names of the product's own plugins that are disabled
 */
public record LockFile(
    int parent, String action, List<LockedPlugin> plugins, Set<String> disabled) {

  private static final int FORMAT = 1;

  /** The generation of an installation without changes. */
  public static final LockFile PRODUCT = new LockFile(0, "the product", List.of(), Set.of());

  /** Copies the collections. */
  public LockFile {
    plugins = List.copyOf(plugins);
    disabled = Set.copyOf(disabled);
  }

  /**
   * An installed plugin.
   *
   * @param name the symbolic name of its bundle
   * @param version the version of its bundle
   * @param sha256 the hash of its jar, by which the store finds it
   * @param source the file, repository or Maven artifact that it came from
   * @param signer who signed it; empty if it is not signed
   * @param voucher the trusted signer who vouched for it at its installation, such as {@code listed
   *     by CN=Acme}; empty if there was none
   * @param unsignedAllowed whether the user accepted it without a voucher
   * @param enabled whether it is started
   * @param pinned whether updates skip it
   * @param sideBySide whether it is installed next to other versions of the same plugin
   */
  public record LockedPlugin(
      String name,
      String version,
      String sha256,
      String source,
      String signer,
      String voucher,
      boolean unsignedAllowed,
      boolean enabled,
      boolean pinned,
      boolean sideBySide) {

    /** The name and the version. */
    public String id() {
      return name + " " + version;
    }

    /** The jar. */
    public PluginJar pluginJar() {
      return new PluginJar(name, version, sha256);
    }

    /** The same plugin, enabled or disabled. */
    public LockedPlugin withEnabled(boolean on) {
      return new LockedPlugin(
          name, version, sha256, source, signer, voucher, unsignedAllowed, on, pinned, sideBySide);
    }

    /** The same plugin, pinned or unpinned. */
    public LockedPlugin withPinned(boolean on) {
      return new LockedPlugin(
          name, version, sha256, source, signer, voucher, unsignedAllowed, enabled, on, sideBySide);
    }
  }

  /** Reads a lock file. */
  public static LockFile read(Path file) throws IOException {
    JsonNode json = JsonFiles.parse(TextFiles.bytes(file));
    if (required(json, "format").asInt() != FORMAT) {
      throw new IOException("its format is not " + FORMAT + ", which this version of Gantry reads");
    }
    List<LockedPlugin> plugins = new ArrayList<>();
    for (JsonNode plugin : required(json, "plugins")) {
      plugins.add(plugin(plugin));
    }
    Set<String> disabled = new TreeSet<>();
    required(json, "disabled").forEach(name -> disabled.add(name.asText()));
    return new LockFile(
        required(json, "parent").asInt(), required(json, "action").asText(), plugins, disabled);
  }

  private static LockedPlugin plugin(JsonNode json) throws IOException {
    LockedPlugin plugin =
        new LockedPlugin(
            required(json, "name").asText(),
            required(json, "version").asText(),
            required(json, "sha256").asText(),
            required(json, "source").asText(),
            required(json, "signer").asText(),
            // Files of older versions lack the voucher.
            json.path("voucher").asText(""),
            required(json, "unsignedAllowed").asBoolean(),
            required(json, "enabled").asBoolean(),
            required(json, "pinned").asBoolean(),
            required(json, "beside").asBoolean());
    // The hash becomes a file name, so it must not be a path.
    if (!Sha256.isHash(plugin.sha256())) {
      throw new IOException(plugin.id() + " has no SHA-256");
    }
    return plugin;
  }

  private static JsonNode required(JsonNode json, String field) throws IOException {
    JsonNode value = json.get(field);
    if (value == null) {
      throw new IOException("it has no " + field);
    }
    return value;
  }

  /** The content of the file. */
  public byte[] toJson() {
    ObjectNode json = JsonFiles.object();
    json.put("format", FORMAT).put("parent", parent).put("action", action);
    ArrayNode list = json.putArray("plugins");
    for (LockedPlugin plugin : plugins) {
      list.addObject()
          .put("name", plugin.name())
          .put("version", plugin.version())
          .put("sha256", plugin.sha256())
          .put("source", plugin.source())
          .put("signer", plugin.signer())
          .put("voucher", plugin.voucher())
          .put("unsignedAllowed", plugin.unsignedAllowed())
          .put("enabled", plugin.enabled())
          .put("pinned", plugin.pinned())
          .put("beside", plugin.sideBySide());
    }
    ArrayNode disabledNames = json.putArray("disabled");
    disabled.stream().sorted().forEach(disabledNames::add);
    return JsonFiles.file(json);
  }
}
