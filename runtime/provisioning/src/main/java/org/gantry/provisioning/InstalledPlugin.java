package org.gantry.provisioning;

import java.util.List;

/**
 * A plugin of an installation.
 *
 * @param name the symbolic name of its bundle
 * @param version the version of its bundle
 * @param sha256 the hash of its jar, in hexadecimal
 * @param source the file, repository or Maven artifact that it came from, or {@link #PRODUCT}
 * @param signer who signed it; empty if it is not signed
 * @param voucher the trusted signer who vouched for it at its installation, in words; may be empty
 * @param pinned whether updates skip it
 * @param state whether it can be used
 * @param reason why it cannot be used; empty if it can
 * @param components its components, as {@code kind/name}
 */
public record InstalledPlugin(
    String name,
    String version,
    String sha256,
    String source,
    String signer,
    String voucher,
    boolean pinned,
    PluginState state,
    String reason,
    List<String> components) {

  /** The {@link #source} of plugins that come with the product. */
  public static final String PRODUCT = "product";

  /** Copies the list. */
  public InstalledPlugin {
    components = List.copyOf(components);
  }

  /** Whether the plugin comes with the product. */
  public boolean isProduct() {
    return source.equals(PRODUCT);
  }

  /** Whether a plugin can be used. */
  public enum PluginState {
    /** Its components can be used. */
    ACTIVE,
    /** The user disabled it. */
    DISABLED,
    /** It does not work, so the host runs without it. */
    QUARANTINED
  }
}
