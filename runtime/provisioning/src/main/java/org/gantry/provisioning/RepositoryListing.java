package org.gantry.provisioning;

import java.util.List;

/**
 * The plugins that repositories offer.
 *
 * @param plugins the plugins, grouped by repository
 * @param notes the repositories that were skipped and why, a sentence each without a full stop
 */
public record RepositoryListing(List<PluginOffer> plugins, List<String> notes) {

  /** Copies the lists. */
  public RepositoryListing {
    plugins = List.copyOf(plugins);
    notes = List.copyOf(notes);
  }

  /**
   * A plugin of a repository.
   *
   * @param name the symbolic name of its bundle
   * @param version the version of its bundle
   * @param description what it is for; may be empty
   * @param repository the address of the repository
   * @param sha256 the hash of its jar, in hexadecimal
   * @param size the size of its jar in bytes
   * @param voucher who vouches for the jar, such as {@code listed by CN=Acme}; may be empty
   * @param trusted whether the user trusts the voucher
   * @param components its components, as {@code kind/name}
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
}
