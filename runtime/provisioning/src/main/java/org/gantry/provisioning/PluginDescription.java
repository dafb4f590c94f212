package org.gantry.provisioning;

import java.util.List;

/**
 * What a plugin's jar says of itself.
 *
 * @param name the symbolic name of its bundle
 * @param version the version of its bundle
 * @param title what people call it
 * @param description what it is for; may be empty
 * @param license under which it may be used; may be empty
 * @param sha256 the hash of the jar
 * @param size the bytes of the jar
 * @param signature who signed it and whether that means anything, in words
 * @param components what it contributes, as {@code kind/name}
 */
public record PluginDescription(
    String name,
    String version,
    String title,
    String description,
    String license,
    String sha256,
    long size,
    String signature,
    List<String> components) {

  /** Copies the list. */
  public PluginDescription {
    components = List.copyOf(components);
  }

  /** The same with other words on who signed it. */
  public PluginDescription withSignature(String words) {
    return new PluginDescription(
        name, version, title, description, license, sha256, size, words, components);
  }
}
