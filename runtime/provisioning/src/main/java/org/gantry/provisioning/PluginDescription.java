package org.gantry.provisioning;

import java.util.List;

/**
 * A plugin as its jar describes it.
 *
 * @param name the symbolic name of its bundle
 * @param version the version of its bundle
 * @param title its name for people
 * @param description what it is for; may be empty
 * @param license its license; may be empty
 * @param sha256 the hash of the jar, in hexadecimal
 * @param size the size of the jar in bytes
 * @param signature who signed the jar and whether the user trusts the signer, in words
 * @param components its components, as {@code kind/name}
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

  /** The name and the version. */
  public String id() {
    return name + " " + version;
  }

  /** The same description with another signature. */
  public PluginDescription withSignature(String words) {
    return new PluginDescription(
        name, version, title, description, license, sha256, size, words, components);
  }
}
