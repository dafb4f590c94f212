package org.gantry.provisioning.internal.plan;

import org.gantry.components.PluginJar;

/**
 * An installed plugin, as the lock file has it.
 *
 * @param name the symbolic name of its bundle
 * @param version the version of its bundle
 * @param sha256 the hash of its jar, under which the store has it
 * @param source where it came from
 * @param signer who signed it; empty if nobody did
 * @param voucher who was trusted to answer for it when it came in, such as {@code listed by
 *     CN=Acme}; empty if nobody was
 * @param unsignedAllowed whether somebody agreed to have it although nobody vouches for it
 * @param enabled whether it is to be started
 * @param pinned whether updates leave it alone
 * @param sideBySide whether it stands beside other versions of the same plugin
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

  public String id() {
    return name + " " + version;
  }

  public PluginJar pluginJar() {
    return new PluginJar(name, version, sha256);
  }

  public LockedPlugin withEnabled(boolean on) {
    return new LockedPlugin(
        name, version, sha256, source, signer, voucher, unsignedAllowed, on, pinned, sideBySide);
  }

  public LockedPlugin withPinned(boolean on) {
    return new LockedPlugin(
        name, version, sha256, source, signer, voucher, unsignedAllowed, enabled, on, sideBySide);
  }
}
