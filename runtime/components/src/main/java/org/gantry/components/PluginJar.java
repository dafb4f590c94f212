package org.gantry.components;

/**
 * The jar of a plugin.
 *
 * @param name the symbolic name of its bundle
 * @param version the version of its bundle
 * @param sha256 the SHA-256 hash of its content, in hexadecimal
 */
public record PluginJar(String name, String version, String sha256) {}
