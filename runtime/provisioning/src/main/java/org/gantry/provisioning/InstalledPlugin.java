package org.gantry.provisioning;

import java.util.List;

/**
 * A plugin of an installation.
 *
 * @param name the symbolic name of its bundle
 * @param version the version of its bundle
 * @param sha256 the hash of its jar, in hexadecimal
 * @param source where it came from; {@code product} for one that comes with the product
 * @param signer who signed it; empty if nobody did
 * @param voucher who was trusted to answer for it when it came in, in words; empty if nobody was
 * @param pinned whether updates leave it alone
 * @param state whether it can be used
 * @param reason why it cannot be used; empty for one that can
 * @param components what it contributes, as {@code kind/name}
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

  /** What {@link #source} says of plugins that come with the product. */
  public static final String PRODUCT = "product";

  /** Copies the list. */
  public InstalledPlugin {
    components = List.copyOf(components);
  }

  /** Whether a plugin can be used. */
  public enum PluginState {
    /** Its components can be used. */
    ACTIVE,
    /** It was switched off. */
    DISABLED,
    /** It does not work, and the host runs without it. */
    QUARANTINED
  }
}
