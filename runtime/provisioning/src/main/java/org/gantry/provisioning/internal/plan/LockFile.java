package org.gantry.provisioning.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gantry.host.support.Sha256;
import org.gantry.recipes.text.JsonFiles;

/**
 * What is installed besides the product's own plugins, and which of those are switched off.
 *
 * @param parent the generation that this one was made from
 * @param action what made it
 * @param plugins what is installed
 * @param disabled the names of the product's own plugins that are switched off
 */
public record LockFile(
    int parent, String action, List<LockedPlugin> plugins, Set<String> disabled) {

  private static final int FORMAT = 1;

  /** What the product itself is. */
  public static final LockFile PRODUCT = new LockFile(0, "the product", List.of(), Set.of());

  public LockFile {
    plugins = List.copyOf(plugins);
    disabled = Set.copyOf(disabled);
  }

  static LockFile read(Path file) throws IOException {
    JsonNode json = JsonFiles.parse(Files.readAllBytes(file));
    if (required(json, "format").asInt() != FORMAT) {
      throw new IOException("it is of another format than this version reads");
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
            // Those of earlier versions do not have it.
            json.path("voucher").asText(""),
            required(json, "unsignedAllowed").asBoolean(),
            required(json, "enabled").asBoolean(),
            required(json, "pinned").asBoolean(),
            required(json, "beside").asBoolean());
    // The hash becomes the name of a file.
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

  byte[] toJson() {
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
    ArrayNode off = json.putArray("disabled");
    disabled.stream().sorted().forEach(off::add);
    return JsonFiles.file(json);
  }
}
