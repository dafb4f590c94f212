package org.gantry.provisioning.internal.trust;

/** The names that belong to the framework and the host, and that no plugin may use. */
public interface HostNames {

  /** Whether a package belongs to the host. */
  boolean isPackage(String name);

  /** Whether a bundle of the framework or the host has this symbolic name, in any case. */
  boolean isBundle(String name);
}
