package org.gantry.provisioning;

import java.util.List;

/**
 * A plugin that a repository has.
 *
 * @param name the symbolic name of its bundle
 * @param version the version of its bundle
 * @param description what it is for; may be empty
 * @param repository the address of the repository
 * @param sha256 the hash of its jar
 * @param size the bytes of its jar
 * @param voucher who says that it is what it should be, in words; empty if nobody does
 * @param trusted whether that is somebody who is trusted
 * @param components what it contributes, as {@code kind/name}
 */
public record PluginOffer(
    String name,
    String version,
    String description,
    String repository,
    String sha256,
    long size,
    String voucher,
    boolean trusted,
    List<String> components) {

  /** Copies the list. */
  public PluginOffer {
    components = List.copyOf(components);
  }
}
