package org.gantry.runs;

/**
 * A component that a run uses, as its {@code plugins.lock.json} records it.
 *
 * @param kind its kind
 * @param name its name
 * @param version its version
 * @param bundle the symbolic name of its bundle
 * @param bundleVersion the version of its bundle
 * @param sha256 the SHA-256 of the bundle's jar, in hexadecimal; empty if it was not recorded
 */
public record LockedComponent(
    String kind, String name, String version, String bundle, String bundleVersion, String sha256) {}
